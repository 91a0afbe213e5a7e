/**
 * How values cross to and from either engine: as PostgreSQL's text format, converted here and nowhere else, so that both
 * engines give and take the same JS values whatever their drivers would have made of them.
 */
import { parse as parseArray } from 'postgres-array';

type Parse = (text: string) => unknown;

/** Type → its array type, for the built-in types that a column or an aggregate of ours can have. */
const ARRAY_OF: ReadonlyMap<number, number> = new Map([
  [16, 1000], // bool
  [17, 1001], // bytea
  [19, 1003], // name
  [20, 1016], // int8
  [21, 1005], // int2
  [23, 1007], // int4
  [25, 1009], // text
  [26, 1028], // oid
  [114, 199], // json
  [700, 1021], // float4
  [701, 1022], // float8
  [1042, 1014], // bpchar
  [1043, 1015], // varchar
  [1082, 1182], // date
  [1114, 1115], // timestamp
  [1184, 1185], // timestamptz
  [1700, 1231], // numeric
  [2950, 2951], // uuid
  [3802, 3807], // jsonb
]);

const text: Parse = (value) => value;

/** Refuses an integer that a double cannot hold, rather than returning a neighbour of it. */
const exactNumber: Parse = (value) => {
  const number = Number(value);
  if (/^-?\d+$/.test(value) && !Number.isSafeInteger(number)) {
    throw new RangeError(`the integer ${value} is beyond 2^53; cast it to text in the query`);
  }
  return number;
};

/** `2026-06-30 08:00:00.5+00` → `2026-06-30T08:00:00.500Z`; microseconds are kept where there are any. */
const instant: Parse = (value) => {
  const match = /^(\d{4,}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d+))?\+00$/.exec(value);
  return match ? `${match[1]}T${match[2]}.${(match[3] ?? '').padEnd(3, '0')}Z` : value;
};

const bytes: Parse = (value) => Uint8Array.from(Buffer.from(value.slice(2), 'hex'));

const PARSERS: ReadonlyMap<number, Parse> = (() => {
  const parsers = new Map<number, Parse>([
    [16, (value) => value === 't'],
    [17, bytes],
    [20, exactNumber],
    [21, Number],
    [23, Number],
    [26, Number],
    [114, (value) => JSON.parse(value) as unknown],
    [700, Number],
    [701, Number],
    [1184, instant],
    [1700, exactNumber],
    [3802, (value) => JSON.parse(value) as unknown],
  ]);
  for (const [element, array] of ARRAY_OF) {
    const parse = parsers.get(element) ?? text;
    parsers.set(array, (value) => parseArray(value, parse));
  }
  return parsers;
})();

/**
 * The JS value of a column.
 * @param type OID of the column's type; a type without a rule here stays in PostgreSQL's own text (geometry: hex EWKB)
 * @throws RangeError for an integer beyond 2^53
 */
export function fromText(type: number, value: string | null): unknown {
  return value === null ? null : (PARSERS.get(type) ?? text)(value);
}

/**
 * A parameter in text format; the server infers its type from where it stands.
 * Date is an instant, Uint8Array is bytea, an array is a PostgreSQL array (wrap it in `sql.param`: drizzle spreads a bare
 * one), any other object is JSON.
 */
export function toText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
  if (Array.isArray(value)) return `{${value.map(arrayElement).join(',')}}`;
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value);
}

function arrayElement(value: unknown): string {
  if (Array.isArray(value)) return toText(value) as string;
  const element = toText(value);
  return element === null ? 'NULL' : `"${element.replace(/[\\"]/g, '\\$&')}"`;
}
