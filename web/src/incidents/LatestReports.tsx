import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { NO_AREA } from '@wangge/geodata/incidents/columns';
import { useMemo } from 'react';
import { nameOf } from '../divisions/areas.ts';
import { gridsQuery } from '../grids/queries.ts';
import { useDesk } from '../situation/desk.ts';
import { Section } from '../ui/Section.tsx';
import { latestRows, lineOf } from './latest.ts';
import { ReportList } from './ReportList.tsx';

const SHOWN = 8;

/** The newest reports of an area in the period, each with its grid. */
export function LatestReports() {
  const { t } = useLingui();
  const { rows: columns, tree, open, formats } = useDesk();
  const { data: grids } = useQuery(gridsQuery);
  const codes = useMemo(() => new Map(grids?.features.map((f) => [f.properties.id, f.properties.code])), [grids]);
  if (!columns) return null;
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
  const lines = latestRows(columns, SHOWN).map((row) => ({ ...lineOf(columns, row), place: place(row) }));
  if (lines.length === 0) return null;
  return (
    <Section title={t`最新上报`} note={t`最近 ${lines.length} 件`}>
      <ReportList lines={lines} />
    </Section>
  );
}
