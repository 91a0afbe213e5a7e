import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  sortFn_alphanumeric,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { isShown } from '@wangge/geodata/incidents/suppress';
import { useMemo, useRef } from 'react';
import { type AreaNode, gridsIn, nameOf } from '../divisions/areas.ts';
import { areasSheet } from '../divisions/sheets.ts';
import { useDesk } from '../situation/desk.ts';
import { coverageOf, measured, staffOf } from '../situation/measure.ts';
import { pickedGrids } from '../situation/pick.ts';
import { useExports } from '../situation/useExports.ts';
import { useWords } from '../situation/words.ts';
import { SaveSheets } from '../ui/SaveSheets.tsx';
import css from './GridTable.module.css';
import { gridsQuery } from './queries.ts';

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric },
});

/** A grid and its ancestors as the table reads them. */
interface Row {
  readonly grid: AreaNode;
  readonly code: string;
  readonly managing: AreaNode | undefined;
}
const helper = createColumnHelper<typeof features, Row>();
const ROW = 32;
const known = (value: number | null) => (value !== null && isShown(value) ? value : undefined);

/** Everything that the map shows about grids, as a table: code order first, by a column when its heading is clicked. */
export default function GridTable() {
  const { t } = useLingui();
  const words = useWords();
  const { node, tree, view, values, classes, formats, open, periodWords, go, county } = useDesk();
  const { telling, save } = useExports();
  const { data: records } = useQuery(gridsQuery);
  const managing = useMemo(
    () => new Map(records?.features.map((f) => [f.properties.code, f.properties.managing_township_code])),
    [records],
  );
  const data = useMemo(() => {
    const all = gridsIn(node);
    const shown = view.pick === null ? all : pickedGrids(all, view.measure, view.pick, values, classes);
    return shown.map(
      (grid): Row => ({ grid, code: grid.code, managing: tree.byCode.get(managing.get(grid.code) ?? '') }),
    );
  }, [node, view.measure, view.pick, values, classes, managing, tree]);
  const columns = useMemo(() => {
    const { count, rate } = formats;
    const none = t`无数据`;
    const name = (area: AreaNode | null | undefined) => (area ? nameOf(area, formats.lang) : '');
    const number = (
      id: string,
      header: string,
      value: (grid: AreaNode) => number | null,
      format: (value: number) => string = count,
    ) =>
      // A withheld count has no place in an order.
      helper.accessor(({ grid }) => known(value(grid)), {
        id,
        header,
        // The greatest first on the first click; no data always last.
        sortDescFirst: true,
        sortUndefined: 'last',
        cell: (info) => {
          const shown = value(info.row.original.grid);
          return shown === null ? none : format(shown);
        },
      });
    return helper.columns([
      helper.accessor('code', { header: t`编码` }),
      helper.accessor(({ grid }) => name(grid), { id: 'name', header: t`网格` }),
      helper.accessor(({ grid }) => name(grid.parent), { id: 'village', header: t`村（社区）` }),
      helper.accessor(({ grid }) => name(grid.parent?.parent), { id: 'township', header: t`乡镇（街道）` }),
      helper.accessor((row) => name(row.managing), {
        id: 'managing',
        header: t`管理单位`,
      }),
      helper.accessor(
        ({
          grid: {
            totals: { grids },
          },
        }) => {
          const c = (['community', 'rural', 'special'] as const).find((c) => grids[c] > 0);
          return c ? words.gridClass[c] : '';
        },
        { id: 'class', header: t`类型` },
      ),
      number('reports', t`上报（件）`, (g) => g.totals.reports.total),
      number('per1000', t`每千户（件）`, (g) => measured('per1000', g.totals), rate),
      number('disputes', t`纠纷（件）`, (g) => g.totals.disputes.total),
      number('resolved', t`化解（件）`, (g) => g.totals.disputes.resolved),
      number('open', t`未办结（件）`, (g) => g.totals.open.total),
      helper.accessor(({ grid }) => words.coverage[coverageOf(grid.totals)], { id: 'coverage', header: t`配备` }),
      number('fulltime', t`专职（人）`, (g) => g.totals.staff?.full_time ?? null),
      number('stability', t`创稳（人）`, (g) => g.totals.staff?.stability ?? null),
      number('auxiliary', t`辅助（人）`, (g) => g.totals.staff?.auxiliary ?? null),
      number('onpost', t`在岗（人）`, (g) => staffOf(g.totals)?.onPost ?? null),
      number('households', t`户数`, (g) => g.totals.households),
      number('population', t`人口`, (g) => g.totals.population),
      number('area', t`面积（km²）`, (g) => g.totals.area_km2, formats.area),
    ]);
  }, [formats, t, words.coverage, words.gridClass]);
  const table = useTable({ features, columns, data, getRowId: (row) => row.code, enableSortingRemoval: true });
  const { rows } = table.getRowModel();
  const box = useRef<HTMLElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const width = table.getAllLeafColumns().length;
  return (
    <section className={css.panel} aria-label={t`网格表`}>
      <div className={css.head}>
        <h2>
          {nameOf(node, formats.lang)} · <Trans>网格表</Trans>
        </h2>
        <span>
          {t`${rows.length}格`} · {periodWords}
          {view.pick !== null && (
            <button type="button" onClick={() => go({ pick: null })}>
              <Trans>取消筛选</Trans>
            </button>
          )}
        </span>
        <span className={css.order}>
          {table.state.sorting.length === 0 ? t`按编码排列；点击表头按数值排列` : t`再次点击表头恢复按编码排列`}
        </span>
        <SaveSheets
          of={t`网格表`}
          save={() => {
            // In the order in which the table stands.
            const grids = rows.map((row) => row.original.grid);
            const areaWords = { coverage: words.coverage, gridClass: words.gridClass, categories: county.categories };
            const unit = (grid: AreaNode) => tree.byCode.get(managing.get(grid.code) ?? '');
            return save(
              t`网格表`,
              [areasSheet(telling, t`网格`, grids, areaWords, unit)],
              ['incidents', 'posts', 'ground'],
            );
          }}
        />
      </div>
      {/* Focusable, so that the arrow keys scroll it. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section ref={box} className={css.scroll} tabIndex={0} aria-label={t`网格表`}>
        <table aria-rowcount={rows.length + 1}>
          <thead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id}>
                {group.headers.map((header) => {
                  const sorted = header.column.getIsSorted();
                  return (
                    <th
                      key={header.id}
                      scope="col"
                      aria-sort={sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : 'none'}
                    >
                      <button type="button" onClick={header.column.getToggleSortingHandler()}>
                        <table.FlexRender header={header} />
                        {sorted === 'asc' ? ' ↑' : sorted === 'desc' ? ' ↓' : ''}
                      </button>
                    </th>
                  );
                })}
              </tr>
            ))}
          </thead>
          <tbody>
            {before > 0 && (
              <tr className={css.spacer}>
                <td colSpan={width} style={{ height: before }} />
              </tr>
            )}
            {items.map((item) => {
              const row = rows[item.index]!;
              return (
                <tr key={row.id} aria-rowindex={item.index + 2}>
                  {row.getAllCells().map((cell, i) =>
                    i === 1 ? (
                      <th key={cell.id} scope="row">
                        <button type="button" onClick={() => open(row.original.code)}>
                          <table.FlexRender cell={cell} />
                        </button>
                      </th>
                    ) : (
                      <td key={cell.id} data-number={(i > 5 && i !== 11) || undefined}>
                        <table.FlexRender cell={cell} />
                      </td>
                    ),
                  )}
                </tr>
              );
            })}
            {after > 0 && (
              <tr className={css.spacer}>
                <td colSpan={width} style={{ height: after }} />
              </tr>
            )}
          </tbody>
        </table>
      </section>
    </section>
  );
}
