/** Which rows of the columns lie in an area, on the server and in the browser alike. */
import { type IncidentColumns, NO_AREA } from './columns.ts';
import type { Places } from './tally.ts';

/** A division by its code, or a grid by its id. */
export type AreaRef = { readonly division: string } | { readonly grid: number };

/**
 * Whether a row lies in the area, by its number; null where every row does, as in the county. The same rule as `tally`:
 * a row counts in its grid and every division above; a row known only to a division counts there and above, and in no
 * grid; a row whose place is not known counts in the county alone.
 */
export function rowsWithin(columns: IncidentColumns, places: Places, area: AreaRef): ((row: number) => boolean) | null {
  const { grid, area: smallest } = columns;
  if ('grid' in area) return (row) => grid[row] === area.grid;
  const parents = new Map(places.divisions.map((d) => [d.code, d.parent_code]));
  if (parents.get(area.division) === null) return null;
  const lies = (code: string): boolean => {
    for (let at: string | null | undefined = code; at; at = parents.get(at)) if (at === area.division) return true;
    return false;
  };
  const villages = new Map(places.grids.map((g) => [g.id, g.village_code]));
  const grids = new Set([...villages].filter(([, village]) => lies(village)).map(([id]) => id));
  const areas = Uint8Array.from(columns.areas, (code) => (code !== '' && lies(code) ? 1 : 0));
  return (row) => {
    const id = grid[row]!;
    // A grid that is no longer among the places counts by its division, as a row without one does.
    return id !== NO_AREA && villages.has(id) ? grids.has(id) : areas[smallest[row]!] === 1;
  };
}
