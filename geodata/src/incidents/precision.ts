/** How exactly the place of a row is known, read from the columns. */
import type { DivisionLevel } from '../county/county.ts';
import { type IncidentColumns, NO_AREA, NO_POINT } from './columns.ts';
import type { Precision } from './incident.ts';

/**
 * The precision of a row, by its number. The columns hold the smallest area that is known, so that nothing else is needed.
 * @param levels of the county's divisions by code
 */
export function precisionOf(
  columns: IncidentColumns,
  levels: ReadonlyMap<string, DivisionLevel>,
): (row: number) => Precision {
  const { lon, grid, area } = columns;
  const byArea = columns.areas.map((code): Precision => {
    const level = levels.get(code);
    return level === 'village' || level === 'township' ? level : 'unknown';
  });
  return (row) => (lon[row] !== NO_POINT ? 'point' : grid[row] !== NO_AREA ? 'grid' : byArea[area[row]!]!);
}
