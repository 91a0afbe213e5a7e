import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { NO_AREA } from '@wangge/geodata/incidents/columns';
import { useMemo } from 'react';
import { type AreaNode, nameOf } from '../divisions/areas.ts';
import { gridsQuery } from '../grids/queries.ts';
import { useDesk } from '../situation/desk.ts';
import { latestRows, lineOf } from './latest.ts';
import type { ReportLine } from './ReportList.tsx';
import type { ToldReport } from './sentence.ts';
import { useIncidentWords } from './words.ts';

export interface LatestReport extends ReportLine {
  /** The smallest area in which it is known to lie; undefined where none is. */
  readonly area: AreaNode | undefined;
  readonly told: ToldReport;
}

/** The newest reports of the area in window and filter, newest first; null where they are not held. */
export function useLatest(count: number): readonly LatestReport[] | null {
  const { t } = useLingui();
  const words = useIncidentWords();
  const { rows: columns, tree, county, formats } = useDesk();
  const { data: grids } = useQuery(gridsQuery);
  const codes = useMemo(() => new Map(grids?.features.map((f) => [f.properties.id, f.properties.code])), [grids]);
  if (columns === null) return null;
  return latestRows(columns, count).map((row) => {
    const grid = columns.grid[row]!;
    const code = grid === NO_AREA ? columns.areas[columns.area[row]!] : codes.get(grid);
    const area = tree.byCode.get(code ?? '');
    const line = lineOf(columns, row);
    const category = county.categories.find((c) => c.code === line.category);
    return {
      ...line,
      area,
      told: {
        at: formats.moment(line.at),
        category: (formats.lang === 'en' ? category?.name_en : category?.name) ?? line.category,
        kind: words.kind[line.kind],
        urgency: words.urgency[line.urgency],
        state: words.state[line.state],
        place: area ? nameOf(area, formats.lang) : t`地点不详`,
      },
    };
  });
}
