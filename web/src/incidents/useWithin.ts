import { useQuery } from '@tanstack/react-query';
import { type IncidentColumns, NO_AREA } from '@wangge/geodata/incidents/columns';
import { useMemo } from 'react';
import { type AreaNode, gridsIn } from '../divisions/areas.ts';
import { gridsQuery } from '../grids/queries.ts';

/**
 * Which rows of the columns lie in the area; null while that is not known yet. A report known only to a village or
 * township counts there and above, and in no grid.
 */
export function useWithin(columns: IncidentColumns | undefined, node: AreaNode): ((row: number) => boolean) | null {
  const { data: grids } = useQuery(gridsQuery);
  return useMemo(() => {
    if (!columns) return null;
    if (node.level === 'county') return () => true;
    if (!grids) return null;
    const codes = new Set(gridsIn(node).map((grid) => grid.code));
    const ids = new Set(grids.features.filter((f) => codes.has(f.properties.code)).map((f) => f.properties.id));
    const areas = new Set<number>();
    if (node.level !== 'grid') {
      columns.areas.forEach((code, index) => {
        if (code === node.code || node.children.some((child) => child.code === code)) areas.add(index);
      });
    }
    return (row: number) => {
      const grid = columns.grid[row]!;
      return grid === NO_AREA ? areas.has(columns.area[row]!) : ids.has(grid);
    };
  }, [columns, grids, node]);
}
