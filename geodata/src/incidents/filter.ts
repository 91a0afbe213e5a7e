/** Which incidents count: one filter for map, list, charts, figures and tiles, on the server and in the browser alike. */
import type { IncidentColumns } from './columns.ts';
import { isOpen, KINDS, type Kind, STATES, type State, URGENCIES, type Urgency } from './incident.ts';

/** Null passes everything of that field; fields are combined by "and", values of one field by "or". */
export interface IncidentFilter {
  readonly kinds: readonly Kind[] | null;
  /** Codes of the county's dictionary; a code that it does not hold passes nothing. */
  readonly categories: readonly string[] | null;
  readonly urgencies: readonly Urgency[] | null;
  readonly states: readonly State[] | null;
  /** True: only 未办结 (`isOpen`); false: only what is not. */
  readonly open: boolean | null;
}

export const NO_FILTER: IncidentFilter = { kinds: null, categories: null, urgencies: null, states: null, open: null };

/** Whether the filter passes everything. */
export const isUnfiltered = (filter: IncidentFilter): boolean =>
  filter.kinds === null &&
  filter.categories === null &&
  filter.urgencies === null &&
  filter.states === null &&
  filter.open === null;

/** Equal filters have equal keys, whatever the order of their values; for caches and addresses. */
export const filterKey = ({ kinds, categories, urgencies, states, open }: IncidentFilter): string =>
  [kinds, categories, urgencies, states]
    .map((values) => (values === null ? '*' : [...new Set(values)].sort().join(',')))
    .concat(open === null ? '*' : String(open))
    .join(';');

/** The filter on rows of the columns, by their number; null where every row passes. */
export function rowFilter(columns: IncidentColumns, filter: IncidentFilter): ((row: number) => boolean) | null {
  if (isUnfiltered(filter)) return null;
  const table = <T>(words: readonly T[], wanted: readonly T[] | null) =>
    Uint8Array.from(words, (word) => (wanted === null || wanted.includes(word) ? 1 : 0));
  const { kind, category, urgency, state } = columns;
  const categories = table(columns.categories, filter.categories);
  const urgencies = table(URGENCIES, filter.urgencies);
  // Kind and state together decide what is open.
  const stages = Uint8Array.from({ length: KINDS.length * STATES.length }, (_, i) => {
    const [k, s] = [KINDS[Math.floor(i / STATES.length)]!, STATES[i % STATES.length]!];
    if (filter.kinds !== null && !filter.kinds.includes(k)) return 0;
    if (filter.states !== null && !filter.states.includes(s)) return 0;
    return filter.open === null || filter.open === isOpen(k, s) ? 1 : 0;
  });
  return (row) =>
    (categories[category[row]!]! & urgencies[urgency[row]!]! & stages[kind[row]! * STATES.length + state[row]!]!) === 1;
}

type Filtered = { readonly kind: Kind; readonly category: string; readonly urgency: Urgency; readonly state: State };

/** The filter on a single incident. */
export const passes = (filter: IncidentFilter, { kind, category, urgency, state }: Filtered): boolean =>
  (filter.kinds === null || filter.kinds.includes(kind)) &&
  (filter.categories === null || filter.categories.includes(category)) &&
  (filter.urgencies === null || filter.urgencies.includes(urgency)) &&
  (filter.states === null || filter.states.includes(state)) &&
  (filter.open === null || filter.open === isOpen(kind, state));

/** The columns of the rows that pass, copied; the columns themselves where all do. Order is kept. */
export function pickRows(columns: IncidentColumns, keeps: ((row: number) => boolean) | null): IncidentColumns {
  if (keeps === null) return columns;
  const rows = new Uint32Array(columns.length);
  let length = 0;
  for (let row = 0; row < columns.length; row++) if (keeps(row)) rows[length++] = row;
  if (length === columns.length) return columns;
  const pick = <A extends Uint32Array | Int32Array | Uint16Array | Uint8Array>(from: A, to: A): A => {
    for (let i = 0; i < length; i++) to[i] = from[rows[i]!]!;
    return to;
  };
  return {
    length,
    id: pick(columns.id, new Uint32Array(length)),
    occurred_at: pick(columns.occurred_at, new Uint32Array(length)),
    lon: pick(columns.lon, new Int32Array(length)),
    lat: pick(columns.lat, new Int32Array(length)),
    grid: pick(columns.grid, new Uint32Array(length)),
    area: pick(columns.area, new Uint16Array(length)),
    category: pick(columns.category, new Uint8Array(length)),
    kind: pick(columns.kind, new Uint8Array(length)),
    urgency: pick(columns.urgency, new Uint8Array(length)),
    state: pick(columns.state, new Uint8Array(length)),
    areas: columns.areas,
    categories: columns.categories,
  };
}
