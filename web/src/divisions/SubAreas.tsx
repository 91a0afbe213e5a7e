import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useDesk } from '../situation/desk.ts';
import { measured } from '../situation/measure.ts';
import { useExports } from '../situation/useExports.ts';
import { useWords } from '../situation/words.ts';
import { CopyText } from '../ui/CopyText.tsx';
import { Section } from '../ui/Section.tsx';
import { type AreaNode, nameOf } from './areas.ts';
import css from './SubAreas.module.css';
import { areasSentence } from './sentence.ts';

type Column = 'reports' | 'resolved' | 'open' | 'vacant';
type Order = 'code' | Column;

/** The numerator and, where there is one, the denominator of a cell. */
function cellOf(column: Column, { totals }: AreaNode): [value: number, of: number | null] | null {
  switch (column) {
    case 'reports':
      return [totals.reports.total, null];
    case 'resolved':
      return [totals.disputes.resolved, totals.disputes.total];
    case 'open':
      return [measured('open', totals) ?? 0, null];
    case 'vacant':
      return totals.coverage.unknown === totals.grids.total ? null : [totals.coverage.vacant, null];
  }
}

/** Parts of the selected area. Code order; by value only when a heading is clicked, and back on the next click. */
export function SubAreas() {
  const { t } = useLingui();
  const words = useWords();
  const { node, open, formats } = useDesk();
  const { telling, cite } = useExports();
  const [order, setOrder] = useState<Order>('code');
  const level = node.children[0]?.level;
  const grids = level === 'grid';
  const headings: Record<Column, string> = {
    reports: t`上报`,
    resolved: t`化解/纠纷`,
    open: t`未办结`,
    vacant: grids ? t`配备` : t`空岗`,
  };
  const title = level === 'township' ? t`乡镇（街道）` : level === 'village' ? t`村（社区）` : t`网格`;
  const value = (column: Column, area: AreaNode) => cellOf(column, area)?.[0] ?? -1;
  const rows = [...node.children];
  if (order !== 'code') rows.sort((a, b) => value(order, b) - value(order, a));
  return (
    <Section
      title={title}
      actions={<CopyText of={title} text={() => cite(areasSentence(telling, node, rows), 'both')} />}
      note={
        order === 'code' ? (
          t`按编码排列`
        ) : (
          <button type="button" className={css.reset} onClick={() => setOrder('code')}>
            <Trans>恢复按编码排列</Trans>
          </button>
        )
      }
    >
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>名称</Trans>
            </th>
            {(Object.keys(headings) as Column[]).map((column) => (
              <th key={column} scope="col" aria-sort={order === column ? 'descending' : 'none'}>
                <button type="button" onClick={() => setOrder(order === column ? 'code' : column)}>
                  {headings[column]}
                  {order === column ? ' ↓' : ''}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((area) => (
            <tr key={area.code}>
              <th scope="row">
                <button type="button" onClick={() => open(area.code)}>
                  {nameOf(area, formats.lang)}
                </button>
              </th>
              {(Object.keys(headings) as Column[]).map((column) => {
                const cell = cellOf(column, area);
                const coverage = (['own', 'shared', 'vacant', 'unknown'] as const).find(
                  (c) => area.totals.coverage[c] > 0,
                );
                return (
                  <td key={column}>
                    {column === 'vacant' && grids && coverage
                      ? words.coverage[coverage]
                      : cell === null
                        ? t`无数据`
                        : cell[1] === null
                          ? formats.count(cell[0])
                          : `${formats.count(cell[0])}/${formats.count(cell[1])}`}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
