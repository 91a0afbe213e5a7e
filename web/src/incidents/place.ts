import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { type IncidentColumns, NO_AREA, NO_POINT } from '@wangge/geodata/incidents/columns';
import { URGENCIES } from '@wangge/geodata/incidents/incident';
import { toDegrees } from '@wangge/geodata/mesh/lattice';
import { useCallback, useMemo } from 'react';
import { type AreaNode, nameOf } from '../divisions/areas.ts';
import { gridsQuery } from '../grids/queries.ts';
import { useDesk } from '../situation/desk.ts';

/** Where a row of the columns lies, as a record says it: its smallest division alone. */
export function recordIn(columns: IncidentColumns, row: number) {
  const [lon, lat] = [columns.lon[row]!, columns.lat[row]!];
  const area = columns.areas[columns.area[row]!]!;
  return {
    id: columns.id[row]!,
    urgency: URGENCIES[columns.urgency[row]!]!,
    point: lon === NO_POINT ? null : ([toDegrees(lon), toDegrees(lat)] as const),
    grid_id: columns.grid[row] === NO_AREA ? null : columns.grid[row]!,
    village_code: area === '' ? null : area,
    township_code: null,
  };
}

/** The smallest area in which an incident of the columns is known to lie; undefined where none is. */
export function useAreaOf(columns: IncidentColumns | null): (row: number) => AreaNode | undefined {
  const { tree } = useDesk();
  const codes = useGridCodes();
  return useCallback(
    (row) => {
      if (columns === null) return undefined;
      const grid = columns.grid[row]!;
      const code = grid === NO_AREA ? columns.areas[columns.area[row]!] : codes.get(grid);
      return tree.byCode.get(code ?? '');
    },
    [columns, codes, tree],
  );
}

/** The same in words. */
export function usePlaceOf(columns: IncidentColumns | null): (row: number) => string {
  const { t } = useLingui();
  const { formats } = useDesk();
  const areaOf = useAreaOf(columns);
  return useCallback(
    (row) => {
      const area = areaOf(row);
      return area ? nameOf(area, formats.lang) : t`地点不详`;
    },
    [areaOf, formats.lang, t],
  );
}

/** Codes of the grids by their ids. */
export function useGridCodes(): ReadonlyMap<number, string> {
  const { data: grids } = useQuery(gridsQuery);
  return useMemo(() => new Map(grids?.features.map((f) => [f.properties.id, f.properties.code])), [grids]);
}
