import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { type IncidentColumns, NO_AREA } from '@wangge/geodata/incidents/columns';
import { KINDS, STATES, URGENCIES } from '@wangge/geodata/incidents/incident';
import { useMemo } from 'react';
import { nameOf } from '../divisions/areas.ts';
import { gridsQuery } from '../grids/queries.ts';
import { useDesk } from '../situation/desk.ts';
import { Section } from '../ui/Section.tsx';
import { latestRows } from './latest.ts';
import { columnsQuery } from './queries.ts';
import { type ReportLine, ReportList } from './ReportList.tsx';
import { useWithin } from './useWithin.ts';

const SHOWN = 8;

/** The newest reports of an area in the period, each with its grid. */
export function LatestReports() {
  const { t } = useLingui();
  const { node, days, tree, open, formats } = useDesk();
  const { data: columns } = useQuery(columnsQuery(days));
  const { data: grids } = useQuery(gridsQuery);
  const within = useWithin(columns, node);
  const codes = useMemo(() => new Map(grids?.features.map((f) => [f.properties.id, f.properties.code])), [grids]);
  if (!columns || !within) return null;
  const place = (row: number) => {
    const grid = columns.grid[row]!;
    const code = grid === NO_AREA ? columns.areas[columns.area[row]!] : codes.get(grid);
    const area = tree.byCode.get(code ?? '');
    if (!area) return t`地点不详`;
    return (
      <button type="button" onClick={() => open(area.code)}>
        {nameOf(area, formats.lang)}
      </button>
    );
  };
  const lines = latestRows(columns, SHOWN, within).map((row) => ({ ...lineOf(columns, row), place: place(row) }));
  if (lines.length === 0) return null;
  return (
    <Section title={t`最新上报`} note={t`最近 ${lines.length} 件`}>
      <ReportList lines={lines} />
    </Section>
  );
}

const lineOf = (columns: IncidentColumns, row: number): ReportLine => ({
  id: columns.id[row]!,
  kind: KINDS[columns.kind[row]!]!,
  category: columns.categories[columns.category[row]!]!,
  urgency: URGENCIES[columns.urgency[row]!]!,
  state: STATES[columns.state[row]!]!,
  at: new Date(columns.occurred_at[row]! * 1000),
});
