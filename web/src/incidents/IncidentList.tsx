import { Trans, useLingui } from '@lingui/react/macro';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { IncidentColumns } from '@wangge/geodata/incidents/columns';
import { isOpen, KINDS, STATES, URGENCIES } from '@wangge/geodata/incidents/incident';
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { nameOf } from '../divisions/areas.ts';
import { useDesk } from '../situation/desk.ts';
import { useExports } from '../situation/useExports.ts';
import { CopyText } from '../ui/CopyText.tsx';
import { SaveSheets } from '../ui/SaveSheets.tsx';
import css from './IncidentList.module.css';
import { indexOfId, listed } from './listed.ts';
import { useCategoryName } from './names.ts';
import { usePlaceOf } from './place.ts';
import { reportsSentence } from './sentence.ts';
import { reportsSheet } from './sheets.ts';
import { useTold } from './useTold.ts';
import { useIncidentWords } from './words.ts';

const ROW = 34;
/** As many as one reads in a message. */
const TOLD = 10;
/** More rows than that no office program opens gladly. */
const MOST_SAVED = 50_000;

/**
 * The incidents of window, filter and area as a list, straight from the held columns. One stop of the tab key: arrows move inside, Enter opens. What comes in never moves what is being read.
 */
export default function IncidentList() {
  const { t } = useLingui();
  const { rows } = useDesk();
  if (rows !== null) return <List columns={rows} />;
  return (
    <section className={css.panel} aria-label={t`上报列表`}>
      <p className={css.none} role="status">
        <Trans>正在载入上报列表…</Trans>
      </p>
    </section>
  );
}

function List({ columns }: { columns: IncidentColumns }) {
  const { t } = useLingui();
  const words = useIncidentWords();
  const { node, view, go, formats, periodWords } = useDesk();
  const categoryName = useCategoryName();
  const placeOf = usePlaceOf(columns);
  const [newestFirst, setNewestFirst] = useState(true);
  const list = useMemo(() => listed(columns, view.since, newestFirst), [columns, view.since, newestFirst]);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const virtual = useVirtualizer({
    count: list.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 10,
  });
  const [active, setActive] = useState<number | null>(null);
  const activeIndex = Math.max(0, active === null ? 0 : indexOfId(columns, list, active));
  const { unseen, toTop } = useAnchored(box, columns, list);
  // Who asks for the list wants to be in it.
  useEffect(() => box.current?.focus({ preventScroll: true }), []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || list.length === 0) return;
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? ROW) / ROW) - 2);
    const next = event.key === 'Enter' ? activeIndex : steppedTo(event.key, activeIndex, list.length, page);
    if (next === null) return;
    event.preventDefault();
    const incident = columns.id[list[next]!]!;
    setActive(incident);
    if (event.key === 'Enter') go({ incident });
    else virtual.scrollToIndex(next);
  };
  const activeRow = list[activeIndex];
  const { telling, cite, save } = useExports();
  const told = useTold(columns);
  const first = (count: number) => Array.from(list.subarray(0, count));
  return (
    <section className={css.panel} aria-label={t`上报列表`}>
      <div className={css.head}>
        <h2>
          {nameOf(node, formats.lang)} · <Trans>上报列表</Trans>
        </h2>
        <span>
          {t`${formats.count(list.length)}件`}
          {' · '}
          {periodWords}
          {view.since !== null && (
            <>
              {' · '}
              {t`离开期间的新上报`}
              <button type="button" onClick={() => go({ since: null })}>
                <Trans>显示全部</Trans>
              </button>
            </>
          )}
        </span>
        {unseen > 0 && (
          <button type="button" className={css.unseen} onClick={toTop}>
            <Trans>+{unseen} 新</Trans>
          </button>
        )}
        <CopyText
          of={t`上报列表`}
          text={() => cite(reportsSentence(telling, node, first(TOLD).map(told), list.length), 'incidents')}
        />
        <SaveSheets
          of={t`上报列表`}
          save={() => {
            const rows = first(MOST_SAVED).map((row) => ({ ...told(row), id: columns.id[row]! }));
            const short = t`上报清单列出${formats.count(rows.length)}件，共${formats.count(list.length)}件`;
            return save(
              t`上报列表`,
              [reportsSheet(telling, rows)],
              ['incidents'],
              rows.length < list.length ? [short] : [],
            );
          }}
        />
        <button
          type="button"
          className={css.order}
          onClick={() => setNewestFirst(!newestFirst)}
          aria-label={newestFirst ? t`按时间从新到旧；改为从旧到新` : t`按时间从旧到新；改为从新到旧`}
        >
          {newestFirst ? t`时间 ↓` : t`时间 ↑`}
        </button>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a table cannot be virtual in every browser and keep its columns */}
      <div
        ref={box}
        className={css.scroll}
        role="grid"
        tabIndex={0}
        aria-label={t`上报列表`}
        aria-rowcount={list.length}
        aria-activedescendant={activeRow === undefined ? undefined : `${id}-${columns.id[activeRow]}`}
        onKeyDown={onKeyDown}
      >
        {list.length === 0 && (
          <p className={css.none}>
            <Trans>没有符合条件的上报。</Trans>
          </p>
        )}
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = list[index]!;
            const incident = columns.id[row]!;
            const [kind, state] = [KINDS[columns.kind[row]!]!, STATES[columns.state[row]!]!];
            const urgency = URGENCIES[columns.urgency[row]!]!;
            const at = new Date(columns.occurred_at[row]! * 1000);
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys
              // biome-ignore lint/a11y/useSemanticElements: as above
              // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
              <div
                key={incident}
                id={`${id}-${incident}`}
                role="row"
                aria-rowindex={index + 1}
                aria-selected={incident === view.incident}
                data-active={index === activeIndex}
                data-incident={incident}
                className={css.row}
                style={{ transform: `translateY(${start}px)`, height: ROW }}
                onClick={() => {
                  setActive(incident);
                  go({ incident });
                }}
              >
                <Cell>
                  <time dateTime={at.toISOString()}>{formats.moment(at)}</time>
                </Cell>
                <Cell>
                  {categoryName(columns.categories[columns.category[row]!]!)}
                  {urgency !== 'normal' && (
                    <span className={css.urgency} data-urgency={urgency}>
                      {words.urgency[urgency]}
                    </span>
                  )}
                </Cell>
                <Cell>{words.kind[kind]}</Cell>
                <Cell open={isOpen(kind, state)}>{words.state[state]}</Cell>
                <Cell>{placeOf(row)}</Cell>
                <Cell quiet>#{incident}</Cell>
              </div>
            );
          })}
        </div>
      </div>
    </section>
  );
}

/** The row to which a key leads; null for a key that leads nowhere. */
function steppedTo(key: string, from: number, length: number, page: number): number | null {
  const to = new Map([
    ['ArrowDown', from + 1],
    ['ArrowUp', from - 1],
    ['PageDown', from + page],
    ['PageUp', from - page],
    ['Home', 0],
    ['End', length - 1],
  ]).get(key);
  return to === undefined ? null : Math.min(Math.max(to, 0), length - 1);
}

function Cell({ children, open, quiet }: { children: React.ReactNode; open?: boolean; quiet?: boolean }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: as above
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
    <span role="gridcell" className={css.cell} data-open={open} data-quiet={quiet}>
      {children}
    </span>
  );
}

/**
 * Keeps the row at the upper edge where it is when rows come in above it, and counts those that nobody has seen. At the
 * very top the list shows what is new as it comes.
 */
function useAnchored(
  box: { readonly current: HTMLElement | null },
  columns: IncidentColumns,
  list: Uint32Array,
): { unseen: number; toTop: () => void } {
  const anchor = useRef<{ id: number; offset: number } | null>(null);
  const latest = useRef({ columns, list });
  const [seenTop, setSeenTop] = useState<number | null>(null);
  const top = list[0] === undefined ? null : columns.id[list[0]]!;

  useLayoutEffect(() => {
    latest.current = { columns, list };
    const element = box.current;
    if (!element || anchor.current === null) return;
    const index = indexOfId(columns, list, anchor.current.id);
    if (index >= 0) element.scrollTop = index * ROW + anchor.current.offset;
  }, [box, columns, list]);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const onScroll = () => {
      const { columns, list } = latest.current;
      const index = Math.floor(element.scrollTop / ROW);
      const row = list[index];
      anchor.current =
        element.scrollTop < ROW / 2 || row === undefined
          ? null
          : { id: columns.id[row]!, offset: element.scrollTop - index * ROW };
      if (anchor.current === null) setSeenTop(list[0] === undefined ? null : columns.id[list[0]]!);
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => element.removeEventListener('scroll', onScroll);
  }, [box]);

  useEffect(() => {
    if (anchor.current === null) setSeenTop(top);
  }, [top]);

  const unseen = seenTop === null || seenTop === top ? 0 : Math.max(0, indexOfId(columns, list, seenTop));
  return {
    unseen,
    toTop: () => {
      anchor.current = null;
      box.current?.scrollTo({ top: 0 });
    },
  };
}
