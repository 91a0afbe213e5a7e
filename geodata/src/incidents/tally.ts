/** The figures of incidents per grid and per division; the same function answers the server's overview and the browser. */
import type { Division, Grid } from '../county/county.ts';
import { type IncidentColumns, NO_POINT } from './columns.ts';
import { ENDED, KINDS, STATES } from './incident.ts';

/** The grids and divisions to count by; a `County` is one. */
export interface Places {
  readonly divisions: readonly Pick<Division, 'code' | 'parent_code'>[];
  readonly grids: readonly Pick<Grid, 'id' | 'village_code'>[];
}

/** Counts of one grid or division; every pair that makes a rate stands together with its denominator. */
export interface IncidentCounts {
  readonly reports: {
    readonly total: number;
    readonly collection: number;
    readonly event: number;
    readonly dispute: number;
    /** 未上图: without a point, whatever else is known of the place. */
    readonly unlocated: number;
  };
  /** Disputes, and how many of them are closed or archived. */
  readonly disputes: { readonly total: number; readonly resolved: number };
  /** Events and disputes that have not ended, of all events and disputes. */
  readonly open: { readonly total: number; readonly of: number };
  /** Reports by category code; every category of the dictionary has an entry. */
  readonly by_category: Readonly<Record<string, number>>;
}

export interface Tally {
  /** Every grid of the places, by id. */
  readonly grids: ReadonlyMap<number, IncidentCounts>;
  /** Every division of the places, by code. A division counts what its grids count and what is known only to it. */
  readonly areas: ReadonlyMap<string, IncidentCounts>;
}

// A slot is a run of counters: reports by kind, unlocated, resolved disputes, open, then the categories.
const UNLOCATED = KINDS.length;
const RESOLVED = UNLOCATED + 1;
const OPEN = UNLOCATED + 2;
const FIRST_CATEGORY = UNLOCATED + 3;

const COLLECTION = KINDS.indexOf('collection');
const EVENT = KINDS.indexOf('event');
const DISPUTE = KINDS.indexOf('dispute');
const HAS_ENDED = Uint8Array.from(STATES, (state) => (ENDED.has(state) ? 1 : 0));
const IS_RESOLVED = Uint8Array.from(STATES, (state) => (state === 'closed' || state === 'archived' ? 1 : 0));

/**
 * Counts in one pass. A row counts in its grid and in every division above it; a row known only to a village or township
 * counts there and above; a row whose place is not known at all, or is no longer in `places`, counts in the county
 * alone, so that the county's total is always the number of rows.
 *
 * @throws Error where the divisions have no single root, or name a parent that is not among them.
 */
export function tally(columns: IncidentColumns, places: Places): Tally {
  const stride = FIRST_CATEGORY + columns.categories.length;
  const tree = treeOf(places);
  const { divisions, grids } = places;
  // Slots: the divisions, then the grids.
  const slots = new Uint32Array((divisions.length + grids.length) * stride);
  const gridSlot = gridLookUp(grids, divisions.length);
  const areaSlot = Int32Array.from(columns.areas, (code) => tree.slot.get(code) ?? tree.root);

  const { grid, area, kind, state, category, lon } = columns;
  for (let row = 0; row < columns.length; row++) {
    const at = (gridSlot(grid[row]!) ?? areaSlot[area[row]!]!) * stride;
    const k = kind[row]!;
    const s = state[row]!;
    slots[at + k]!++;
    slots[at + FIRST_CATEGORY + category[row]!]!++;
    if (lon[row]! === NO_POINT) slots[at + UNLOCATED]!++;
    if (k === DISPUTE) slots[at + RESOLVED]! += IS_RESOLVED[s]!;
    if (k !== COLLECTION) slots[at + OPEN]! += 1 - HAS_ENDED[s]!;
  }

  const add = (from: number, to: number) => {
    for (let i = 0; i < stride; i++) slots[to * stride + i]! += slots[from * stride + i]!;
  };
  grids.forEach((g, i) => {
    add(divisions.length + i, tree.slot.get(g.village_code) ?? tree.root);
  });
  for (const slot of tree.deepestFirst) if (slot !== tree.root) add(slot, tree.parent[slot]!);

  const read = (slot: number) => countsOf(slots.subarray(slot * stride, (slot + 1) * stride), columns.categories);
  return {
    grids: new Map(grids.map((g, i) => [g.id, read(divisions.length + i)])),
    areas: new Map(divisions.map((d, i) => [d.code, read(i)])),
  };
}

function countsOf(slot: Uint32Array, categories: readonly string[]): IncidentCounts {
  const [collection, event, dispute] = [slot[COLLECTION]!, slot[EVENT]!, slot[DISPUTE]!];
  return {
    reports: { total: collection + event + dispute, collection, event, dispute, unlocated: slot[UNLOCATED]! },
    disputes: { total: dispute, resolved: slot[RESOLVED]! },
    open: { total: slot[OPEN]!, of: event + dispute },
    by_category: Object.fromEntries(categories.map((code, i) => [code, slot[FIRST_CATEGORY + i]!])),
  };
}

interface Tree {
  readonly slot: ReadonlyMap<string, number>;
  readonly parent: Int32Array;
  readonly root: number;
  readonly deepestFirst: readonly number[];
}

function treeOf({ divisions }: Places): Tree {
  const slot = new Map(divisions.map((d, i) => [d.code, i]));
  const parent = Int32Array.from(divisions, (d) => {
    if (d.parent_code === null) return -1;
    const found = slot.get(d.parent_code);
    if (found === undefined) throw new Error(`division ${d.code}: parent_code ${d.parent_code} is no division`);
    return found;
  });
  const roots = divisions.flatMap((_, i) => (parent[i] === -1 ? [i] : []));
  if (roots.length !== 1) throw new Error(`divisions: ${roots.length} have no parent_code; exactly one is the county`);
  const depth = divisions.map((d, i) => {
    let steps = 0;
    for (let at = i; parent[at]! !== -1; at = parent[at]!) {
      if (++steps > divisions.length) throw new Error(`division ${d.code}: its parents lead back to it`);
    }
    return steps;
  });
  const deepestFirst = divisions.map((_, i) => i).sort((a, b) => depth[b]! - depth[a]!);
  return { slot, parent, root: roots[0]!, deepestFirst };
}

/** Grid id → slot. Ids are small in practice; an array is several times faster than a map over a county-year. */
function gridLookUp(grids: Places['grids'], first: number): (id: number) => number | undefined {
  const greatest = grids.reduce((most, g) => Math.max(most, g.id), 0);
  if (greatest > 1 << 20) {
    const slots = new Map(grids.map((g, i) => [g.id, first + i]));
    return (id) => slots.get(id);
  }
  const slots = new Int32Array(greatest + 1).fill(-1);
  grids.forEach((g, i) => {
    slots[g.id] = first + i;
  });
  return (id) => (id <= greatest && slots[id]! >= 0 ? slots[id] : undefined);
}
