/** Columns from incident records, and columns after some of the records have changed. */
import { toLattice } from '../mesh/lattice.ts';
import { type IncidentColumns, NO_AREA, NO_POINT } from './columns.ts';
import { type Incident, KINDS, STATES, URGENCIES } from './incident.ts';

/** What the columns hold of an incident, with the id under which it is stored: an integer from 1 to 2^32 − 1. */
export type IncidentRecord = { readonly id: number } & Pick<
  Incident,
  'kind' | 'category' | 'urgency' | 'state' | 'occurred_at' | 'point' | 'grid_id' | 'village_code' | 'township_code'
>;

/** The words that the columns count by; given by the county, so that the same records always make the same columns. */
export interface Dictionary {
  /** Codes of all divisions of the county, in any order, without the empty string. */
  readonly areas: Iterable<string>;
  /** Codes of the county's incident categories, in display order. */
  readonly categories: readonly string[];
}

const LAST_U32 = 0xffffffff;

/**
 * Columns in time order (occurred_at in whole seconds, then id).
 *
 * @throws Error naming the incident and the field where a value has no place in the columns: a category or division that
 * is not in the dictionary, a time before 1970 or after 2106, an id twice.
 */
export function buildColumns(records: Iterable<IncidentRecord>, dictionary: Dictionary): IncidentColumns {
  const areas = ['', ...[...new Set(dictionary.areas)].filter((code) => code !== '').sort()];
  const categories = [...dictionary.categories];
  if (areas.length > 0x10000) throw new Error(`areas: ${areas.length - 1} divisions; the columns hold 65,535`);
  if (categories.length > 0x100) throw new Error(`categories: ${categories.length}; the columns hold 256`);
  if (new Set(categories).size < categories.length) throw new Error('categories: a code stands twice');
  return sortedColumns([...records], areas, categories);
}

/**
 * The columns after `changed` records were added, or took the place of those with the same id. Equal, array by array, to
 * `buildColumns` over all records with the same dictionary. The input columns stay as they are.
 *
 * @throws as `buildColumns`; a division or category that the columns do not know needs a rebuild with the new dictionary.
 */
export function applyChanges(columns: IncidentColumns, changed: readonly IncidentRecord[]): IncidentColumns {
  if (changed.length === 0) return columns;
  const fresh = sortedColumns(changed, columns.areas, columns.categories);
  const ids = new Set(fresh.id);
  // Most changes concern recent incidents: the range spares nearly all look-ups in the set.
  let least = LAST_U32;
  let greatest = 0;
  for (const id of ids) {
    if (id < least) least = id;
    if (id > greatest) greatest = id;
  }
  // Row of the result → row of `columns`, or −1 − row of `fresh`.
  const order = new Int32Array(columns.length + fresh.length);
  let length = 0;
  let next = 0;
  for (let row = 0; row < columns.length; row++) {
    const id = columns.id[row]!;
    if (id >= least && id <= greatest && ids.has(id)) continue;
    const at = columns.occurred_at[row]!;
    while (next < fresh.length && precedes(fresh.occurred_at[next]!, fresh.id[next]!, at, id)) {
      order[length++] = -1 - next++;
    }
    order[length++] = row;
  }
  while (next < fresh.length) order[length++] = -1 - next++;

  const pick = <A extends Uint32Array | Int32Array | Uint16Array | Uint8Array>(old: A, now: A, to: A): A => {
    for (let i = 0; i < length; i++) {
      const row = order[i]!;
      to[i] = row < 0 ? now[-1 - row]! : old[row]!;
    }
    return to;
  };
  return {
    length,
    id: pick(columns.id, fresh.id, new Uint32Array(length)),
    occurred_at: pick(columns.occurred_at, fresh.occurred_at, new Uint32Array(length)),
    lon: pick(columns.lon, fresh.lon, new Int32Array(length)),
    lat: pick(columns.lat, fresh.lat, new Int32Array(length)),
    grid: pick(columns.grid, fresh.grid, new Uint32Array(length)),
    area: pick(columns.area, fresh.area, new Uint16Array(length)),
    category: pick(columns.category, fresh.category, new Uint8Array(length)),
    kind: pick(columns.kind, fresh.kind, new Uint8Array(length)),
    urgency: pick(columns.urgency, fresh.urgency, new Uint8Array(length)),
    state: pick(columns.state, fresh.state, new Uint8Array(length)),
    areas: columns.areas,
    categories: columns.categories,
  };
}

const precedes = (atA: number, idA: number, atB: number, idB: number): boolean =>
  atA < atB || (atA === atB && idA < idB);

function sortedColumns(
  records: readonly IncidentRecord[],
  areas: readonly string[],
  categories: readonly string[],
): IncidentColumns {
  const length = records.length;
  const seconds = new Float64Array(length);
  const seen = new Set<number>();
  for (let i = 0; i < length; i++) {
    const { id, occurred_at } = records[i]!;
    if (!Number.isInteger(id) || id < 1 || id > LAST_U32) throw refusal(id, 'id', id, 'an integer from 1 to 2^32 − 1');
    if (seen.has(id)) throw refusal(id, 'id', id, 'one that no other record has');
    seen.add(id);
    const at = Math.floor(occurred_at.getTime() / 1000);
    if (!(at >= 0 && at <= LAST_U32)) throw refusal(id, 'occurred_at', at, 'a time between 1970 and 2106');
    seconds[i] = at;
  }
  const order = Array.from({ length }, (_, i) => i).sort(
    (a, b) => seconds[a]! - seconds[b]! || records[a]!.id - records[b]!.id,
  );

  const areaIndex = new Map(areas.map((code, i) => [code, i]));
  const indexIn = (words: readonly string[]) => new Map(words.map((word, i) => [word, i]));
  const [categoryIndex, kindIndex, urgencyIndex, stateIndex] = [
    indexIn(categories),
    indexIn(KINDS),
    indexIn(URGENCIES),
    indexIn(STATES),
  ];
  const code = (index: ReadonlyMap<string, number>, record: IncidentRecord, field: keyof IncidentRecord) => {
    const found = index.get(record[field] as string);
    if (found === undefined) throw refusal(record.id, field, record[field], "a word of the county's dictionary");
    return found;
  };

  const columns = {
    length,
    id: new Uint32Array(length),
    occurred_at: new Uint32Array(length),
    lon: new Int32Array(length).fill(NO_POINT),
    lat: new Int32Array(length).fill(NO_POINT),
    grid: new Uint32Array(length),
    area: new Uint16Array(length),
    category: new Uint8Array(length),
    kind: new Uint8Array(length),
    urgency: new Uint8Array(length),
    state: new Uint8Array(length),
    areas,
    categories,
  };
  for (let row = 0; row < length; row++) {
    const i = order[row]!;
    const record = records[i]!;
    columns.id[row] = record.id;
    columns.occurred_at[row] = seconds[i]!;
    if (record.point) {
      columns.lon[row] = toLattice(record.point[0]);
      columns.lat[row] = toLattice(record.point[1]);
    }
    columns.grid[row] = record.grid_id ?? NO_AREA;
    if (record.village_code !== null) columns.area[row] = code(areaIndex, record, 'village_code');
    else if (record.township_code !== null) columns.area[row] = code(areaIndex, record, 'township_code');
    columns.category[row] = code(categoryIndex, record, 'category');
    columns.kind[row] = code(kindIndex, record, 'kind');
    columns.urgency[row] = code(urgencyIndex, record, 'urgency');
    columns.state[row] = code(stateIndex, record, 'state');
  }
  return columns;
}

const refusal = (id: number, field: string, value: unknown, wanted: string): Error =>
  new Error(`incident ${id}: ${field} is ${JSON.stringify(value)}; it must be ${wanted}`);
