/**
 * The rollup 汇总: incidents counted by place, day, category, kind, urgency and open, as columns of cells. Every total of
 * a stretch of days can be added up from it; the same function answers the server and the browser.
 */
import type { IsoDay } from '../county/county.ts';
import { type IncidentColumns, NO_AREA } from './columns.ts';
import { isOpen, KINDS, STATES, URGENCIES } from './incident.ts';
import type { Places } from './tally.ts';
import type { AreaRef } from './within.ts';

/** A day of the county's calendar, and the second since 1970-01-01T00:00:00Z at which it begins there. */
export interface DayStart {
  readonly day: IsoDay;
  readonly start: number;
}

/** Cells in the order of place, day, category, kind, urgency, open; none stands twice and none counts zero. */
export interface Rollup {
  readonly length: number;
  /** Index into `places`. */
  readonly place: Uint16Array;
  /** Index into `days`. */
  readonly day: Uint16Array;
  /** Index into `categories`. */
  readonly category: Uint8Array;
  /** Indices into KINDS and URGENCIES. */
  readonly kind: Uint8Array;
  readonly urgency: Uint8Array;
  /** 1 for events and disputes that have not ended, else 0; a rate is of the kinds event and dispute. */
  readonly open: Uint8Array;
  readonly count: Uint32Array;
  /**
   * The smallest place that is known of an incident: grids by ascending id, then divisions by code. What is known of no
   * place at all stands under the county. Only places that have a cell.
   */
  readonly places: readonly AreaRef[];
  /** Days that have a cell, ascending. */
  readonly days: readonly IsoDay[];
  /** Category codes of the county's dictionary. */
  readonly categories: readonly string[];
}

/** Category, kind, urgency and open of a cell as one number, whose order is the order of cells. */
export const facetOf = (category: number, kind: number, urgency: number, open: number): number =>
  ((category * KINDS.length + kind) * URGENCIES.length + urgency) * 2 + open;

/** The cells before they are spread over columns. */
export interface Cells {
  readonly place: Uint16Array;
  readonly day: Uint16Array;
  readonly facet: Uint16Array;
  readonly count: Uint32Array;
}

/** A rollup of cells that are in order. The wide columns are taken, not copied. */
export function rollupOf(cells: Cells, words: Pick<Rollup, 'places' | 'days' | 'categories'>): Rollup {
  const { place, day, facet, count } = cells;
  const length = facet.length;
  const category = new Uint8Array(length);
  const kind = new Uint8Array(length);
  const urgency = new Uint8Array(length);
  const open = new Uint8Array(length);
  for (let i = 0; i < length; i++) {
    let rest = facet[i]!;
    open[i] = rest & 1;
    rest >>>= 1;
    urgency[i] = rest % URGENCIES.length;
    rest = (rest / URGENCIES.length) | 0;
    kind[i] = rest % KINDS.length;
    category[i] = (rest / KINDS.length) | 0;
  }
  return { length, place, day, category, kind, urgency, open, count, ...words };
}

/**
 * Counts in one pass. The counts of all cells add up to the number of rows: a row counts in its grid; one whose grid is
 * not known, or no longer among the places, in the smallest division that is; one of which neither is known, in the county.
 *
 * @param keeps rows that count, by their number; null where all do
 * @param days of the county's time zone, ascending; a row falls on the last day that began by its second
 * @throws Error where the divisions have no single root, a row lies before the first day, or there are more than 65,536
 * places or days
 */
export function rollup(
  columns: IncidentColumns,
  places: Places,
  days: readonly DayStart[],
  keeps: ((row: number) => boolean) | null = null,
): Rollup {
  const { grids, divisions } = orderedPlaces(places);
  if (grids.length + divisions.length > 0x10000) throw new Error('places: the rollup holds 65,536');
  if (days.length > 0x10000) throw new Error(`days: ${days.length}; the rollup holds 65,536`);
  const root = divisions.indexOf(rootOf(places));
  const gridSlot = new Map(grids.map((id, i) => [id, i]));
  const divisionSlot = new Map(divisions.map((code, i) => [code, grids.length + i]));
  const areaSlot = Int32Array.from(columns.areas, (code) => divisionSlot.get(code) ?? grids.length + root);

  // Rows of a place stand together after a counting sort, which keeps them in time order: no comparison of all rows.
  const { length, occurred_at, grid, area, category, kind, urgency, state } = columns;
  const slots = new Uint16Array(length);
  const ends = new Uint32Array(grids.length + divisions.length + 1);
  let kept = 0;
  const rows = new Uint32Array(length);
  for (let row = 0; row < length; row++) {
    if (keeps !== null && !keeps(row)) continue;
    const id = grid[row]!;
    const slot = (id === NO_AREA ? undefined : gridSlot.get(id)) ?? areaSlot[area[row]!]!;
    slots[kept] = slot;
    ends[slot + 1]!++;
    rows[kept++] = row;
  }
  for (let slot = 1; slot < ends.length; slot++) ends[slot]! += ends[slot - 1]!;
  const next = ends.slice();
  const dayOf = new Uint16Array(kept);
  const facets = new Uint16Array(kept);
  const open = Uint8Array.from({ length: KINDS.length * STATES.length }, (_, i) =>
    isOpen(KINDS[Math.floor(i / STATES.length)]!, STATES[i % STATES.length]!) ? 1 : 0,
  );
  let today = -1;
  for (let i = 0; i < kept; i++) {
    const row = rows[i]!;
    while (today + 1 < days.length && days[today + 1]!.start <= occurred_at[row]!) today++;
    if (today < 0) throw new Error(`row ${row} lies before the first day`);
    const at = next[slots[i]!]!++;
    dayOf[at] = today;
    facets[at] = facetOf(category[row]!, kind[row]!, urgency[row]!, open[kind[row]! * STATES.length + state[row]!]!);
  }

  const cells = {
    place: new Uint16Array(kept),
    day: new Uint16Array(kept),
    facet: new Uint16Array(kept),
    count: new Uint32Array(kept),
  };
  let cell = -1;
  for (let slot = 0; slot + 1 < ends.length; slot++) {
    for (let from = ends[slot]!; from < ends[slot + 1]!; ) {
      let to = from + 1;
      while (to < ends[slot + 1]! && dayOf[to] === dayOf[from]) to++;
      // A handful of reports a grid and day.
      if (to - from > 1) facets.subarray(from, to).sort();
      for (let i = from; i < to; i++) {
        if (i === from || facets[i] !== facets[i - 1]) {
          cell++;
          cells.place[cell] = slot;
          cells.day[cell] = dayOf[from]!;
          cells.facet[cell] = facets[i]!;
        }
        cells.count[cell]!++;
      }
      from = to;
    }
  }
  const found = cell + 1;
  const [place, placesUsed] = renumbered(cells.place.subarray(0, found), grids.length + divisions.length);
  const [day, daysUsed] = renumbered(cells.day.subarray(0, found), days.length);
  return rollupOf(
    { place, day, facet: cells.facet.slice(0, found), count: cells.count.slice(0, found) },
    {
      places: placesUsed.map((slot) =>
        slot < grids.length ? { grid: grids[slot]! } : { division: divisions[slot - grids.length]! },
      ),
      days: daysUsed.map((i) => days[i]!.day),
      categories: columns.categories,
    },
  );
}

/** The same whatever the order in which the places are given. */
const orderedPlaces = ({ grids, divisions }: Places) => ({
  grids: grids.map((g) => g.id).sort((a, b) => a - b),
  divisions: divisions.map((d) => d.code).sort(),
});

function rootOf({ divisions }: Places): string {
  const roots = divisions.filter((d) => d.parent_code === null);
  if (roots.length !== 1) throw new Error(`divisions: ${roots.length} have no parent_code; exactly one is the county`);
  return roots[0]!.code;
}

/** The values numbered anew without gaps, in order, and the old number of each new one. */
function renumbered(values: Uint16Array, size: number): [Uint16Array, number[]] {
  const used = new Uint8Array(size);
  for (const value of values) used[value] = 1;
  const old: number[] = [];
  const renewed = new Uint16Array(size);
  for (let value = 0; value < size; value++) if (used[value] === 1) renewed[value] = old.push(value) - 1;
  return [values.map((value) => renewed[value]!), old];
}
