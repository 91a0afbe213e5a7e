import { Trans, useLingui } from '@lingui/react/macro';
import { isShown } from '@wangge/geodata/incidents/suppress';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { changeOf } from '../situation/comparison.ts';
import { useDesk } from '../situation/desk.ts';
import { measured } from '../situation/measure.ts';
import { useComparisonWords, useWords } from '../situation/words.ts';
import { Icon } from '../ui/Icon.tsx';
import css from './AreaTree.module.css';
import { type AreaNode, nameOf, pathOf } from './areas.ts';
import { keptBy } from './search.ts';

interface Row {
  readonly node: AreaNode;
  readonly depth: number;
  readonly expanded: boolean;
}

/** Rows that stand open, top to bottom. */
function rowsOf(root: AreaNode, isOpen: (node: AreaNode) => boolean, isKept: (node: AreaNode) => boolean): Row[] {
  const rows: Row[] = [];
  const walk = (node: AreaNode, depth: number) => {
    if (!isKept(node)) return;
    const expanded = node.children.length > 0 && isOpen(node);
    rows.push({ node, depth, expanded });
    if (expanded) for (const child of node.children) walk(child, depth + 1);
  };
  walk(root, 0);
  return rows;
}

/**
 * County → township unit → village → grid in code order, each with the chosen measure. One stop of the Tab key; arrows
 * move, right opens, left closes or goes to the parent, Enter selects (WAI-ARIA tree).
 */
export function AreaTree() {
  const { t } = useLingui();
  const words = useWords();
  const comparisons = useComparisonWords();
  const { tree, node: selected, open, view, formats, periodWords, compared } = useDesk();
  const [filter, setFilter] = useState('');
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set([tree.root.code]));
  const [focused, setFocused] = useState(selected.code);
  const list = useRef<HTMLDivElement>(null);
  const kept = useMemo(() => keptBy(tree.byCode.values(), filter), [tree, filter]);

  // The selected area is always to be seen, also when it was selected on the map.
  // biome-ignore lint/correctness/useExhaustiveDependencies: other figures are no other area
  useEffect(() => {
    setOpened((now) => new Set([...now, ...pathOf(selected).map((area) => area.code)]));
    setFocused(selected.code);
  }, [selected.code]);
  useEffect(() => {
    list.current?.querySelector(`[data-code="${selected.code}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [selected.code]);

  const rows = rowsOf(
    tree.root,
    (node) =>
      (kept ? kept.kept.has(node.code) && !kept.matches.has(node.code) : opened.has(node.code)) || node === tree.root,
    (node) => kept === null || kept.kept.has(node.code),
  );
  const highest = useMemo(() => highestByLevel(tree.byCode.values(), view.measure), [tree, view.measure]);
  const current = rows.some((row) => row.node.code === focused) ? focused : rows[0]?.node.code;

  // What a share of households, of people or of posts was is not known of the past; counts of reports are.
  const comparable = view.measure === 'reports' || view.measure === 'per1000';
  const toggle = (node: AreaNode, to: boolean) =>
    setOpened((now) => {
      const next = new Set(now);
      if (to) next.add(node.code);
      else next.delete(node.code);
      return next;
    });
  const focus = (code: string | undefined) => {
    if (code === undefined) return;
    setFocused(code);
    list.current?.querySelector<HTMLElement>(`[data-code="${code}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = rows.findIndex((row) => row.node.code === current);
    const row = rows[at];
    if (row === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    switch (event.key) {
      case 'ArrowDown':
        focus(rows[at + 1]?.node.code);
        break;
      case 'ArrowUp':
        focus(rows[at - 1]?.node.code);
        break;
      case 'Home':
        focus(rows[0]?.node.code);
        break;
      case 'End':
        focus(rows.at(-1)?.node.code);
        break;
      case 'ArrowRight':
        if (row.expanded) focus(row.node.children.find((c) => rows.some((r) => r.node === c))?.code);
        else if (row.node.children.length > 0) toggle(row.node, true);
        break;
      case 'ArrowLeft':
        if (row.expanded && row.node !== tree.root && kept === null) toggle(row.node, false);
        else focus(row.node.parent?.code);
        break;
      case 'Enter':
      case ' ':
        open(row.node.code);
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className={css.box}>
      <div className={css.head}>
        <input
          type="search"
          className={css.filter}
          placeholder={t`筛选区域`}
          aria-label={t`筛选区域`}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
        <span className={css.order}>
          <Trans>按编码排列</Trans>
        </span>
      </div>
      <p className={css.caption}>
        {words.measureTitle[view.measure]} ·{' '}
        {view.measure === 'coverage' || view.measure === 'staff' ? '' : `${periodWords} · `}
        {view.measure === 'coverage'
          ? t`在岗格/全部格`
          : view.measure === 'per1000'
            ? t`件/千户`
            : view.measure === 'staff'
              ? t`人`
              : t`件`}
        {compared && comparable && ` · ${comparisons.name[compared.by]}`}
      </p>
      <div
        ref={list}
        role="tree"
        aria-label={t`区域树`}
        className={css.tree}
        data-compared={(compared !== null && comparable) || undefined}
        onKeyDown={onKeyDown}
        tabIndex={-1}
      >
        {rows.map(({ node, depth, expanded }) => {
          const value = measured(view.measure, node.totals);
          const siblings = node.parent?.children ?? [node];
          const share = barOf(view.measure, node, value, highest);
          const valueText =
            value === null
              ? t`无数据`
              : view.measure === 'coverage'
                ? `${formats.count(value)}/${formats.count(node.totals.grids.total)}`
                : view.measure === 'per1000'
                  ? formats.rate(value)
                  : formats.count(value);
          const then = comparable ? compared?.tree?.byCode.get(node.code) : undefined;
          const ratio = then && changeOf(node.totals.reports.total, then.totals.reports.total);
          const change =
            compared === null || !comparable
              ? null
              : compared.state === 'known'
                ? ratio === null || ratio === undefined
                  ? t`前期0`
                  : formats.change(ratio)
                : '—';
          return (
            <div
              key={node.code}
              role="treeitem"
              data-code={node.code}
              data-level={node.level}
              aria-level={depth + 1}
              aria-setsize={siblings.length}
              aria-posinset={siblings.indexOf(node) + 1}
              aria-selected={node === selected}
              aria-label={`${nameOf(node, formats.lang)}, ${valueText}${change === null ? '' : `, ${change}`}`}
              {...(node.children.length > 0 ? { 'aria-expanded': expanded } : {})}
              tabIndex={node.code === current ? 0 : -1}
              className={css.row}
              style={{ paddingLeft: 8 + Math.max(0, depth - 1) * 14 }}
              onClick={() => {
                setFocused(node.code);
                open(node.code);
              }}
              onFocus={() => setFocused(node.code)}
              onKeyDown={undefined}
            >
              <span
                className={css.twist}
                data-expanded={expanded}
                onClick={(event) => {
                  if (node.children.length === 0) return;
                  event.stopPropagation();
                  toggle(node, !expanded);
                }}
                aria-hidden="true"
              >
                {node.children.length > 0 && node !== tree.root && <Icon name="chevron" size={12} />}
              </span>
              <span className={css.name}>{nameOf(node, formats.lang)}</span>
              <span className={css.grids} data-change={change !== null || undefined}>
                {change ??
                  (node.level === 'grid'
                    ? ''
                    : formats.lang === 'en'
                      ? node.totals.grids.total
                      : t`${node.totals.grids.total}格`)}
              </span>
              <span className={css.track} aria-hidden="true">
                {share !== null && <span style={{ width: `${share * 100}%` }} />}
              </span>
              <span className={css.value} data-none={value === null}>
                {valueText}
              </span>
            </div>
          );
        })}
        {rows.length === 0 && (
          <p className={css.none}>
            <Trans>没有匹配的区域或网格</Trans>
          </p>
        )}
      </div>
    </div>
  );
}

type Highest = Partial<Record<AreaNode['level'], number>>;

/** Bars compare areas of one level with each other. */
function highestByLevel(nodes: Iterable<AreaNode>, measure: Parameters<typeof measured>[0]): Highest {
  const highest: Highest = {};
  for (const node of nodes) {
    const value = measured(measure, node.totals);
    // A withheld value is no length.
    if (value !== null && isShown(value)) highest[node.level] = Math.max(highest[node.level] ?? 0, value);
  }
  return highest;
}

function barOf(
  measure: Parameters<typeof measured>[0],
  node: AreaNode,
  value: number | null,
  highest: Highest,
): number | null {
  if (value === null || !isShown(value) || node.level === 'county') return null;
  if (measure === 'coverage') return value / node.totals.grids.total;
  return value / (highest[node.level] || 1);
}
