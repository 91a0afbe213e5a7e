/**
 * `IncidentColumns` as bytes, the compact columnar answer.
 *
 *     "WGIC"  magic
 *     u16     format version
 *     u16     0
 *     u32     bytes of the header, padded with spaces to a multiple of 4
 *     header  JSON in ASCII: { length, asOf, areas, categories }
 *     …       category, kind, urgency, state: a byte a row
 *     …       occurred_at, id, grid, lon, lat, area: residuals in byte planes
 *
 * Numbers are little-endian. The byte columns are read in place. The wide columns hold what the rows before do not
 * foretell: time and id the difference to the row before; lon, lat and area the difference to the row before *of the
 * same grid*. Their bytes stand plane by plane, all lowest bytes first, so that the planes of high bytes are nearly all
 * zero and gzip or brotli shorten a county-year to less than half of the plain arrays.
 */
import { fromAscii, toAscii } from './ascii.ts';
import type { IncidentColumns } from './columns.ts';
import { KINDS, STATES, URGENCIES } from './incident.ts';

const MAGIC = 0x43494757; // "WGIC" read as a little-endian u32
const VERSION = 1;
const PREAMBLE = 12;

const BYTE_COLUMNS = ['category', 'kind', 'urgency', 'state'] as const;
const BYTES_A_ROW = BYTE_COLUMNS.length + 5 * 4 + 2;

/** Columns, and the live position at which they stand. */
export interface DatedColumns {
  readonly columns: IncidentColumns;
  readonly asOf: number;
}

interface Header {
  readonly length: number;
  readonly asOf: number;
  readonly areas: readonly string[];
  readonly categories: readonly string[];
}

/** @param asOf the live position at which the columns stand: a whole number, not negative. */
export function encodeColumns(columns: IncidentColumns, asOf: number): Uint8Array {
  const { length, areas, categories } = columns;
  if (!Number.isSafeInteger(asOf) || asOf < 0) throw new Error(`asOf: ${asOf} is no whole number from 0`);
  const text = toAscii(JSON.stringify({ length, asOf, areas, categories } satisfies Header));
  const headerBytes = Math.ceil(text.length / 4) * 4;
  const bytes = new Uint8Array(PREAMBLE + headerBytes + length * BYTES_A_ROW);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint16(4, VERSION, true);
  view.setUint32(8, headerBytes, true);
  bytes.fill(0x20, PREAMBLE, PREAMBLE + headerBytes);
  for (let i = 0; i < text.length; i++) bytes[PREAMBLE + i] = text.charCodeAt(i);

  let at = PREAMBLE + headerBytes;
  for (const name of BYTE_COLUMNS) {
    bytes.set(columns[name], at);
    at += length;
  }
  const before = previousOfSameGrid(columns.grid);
  const write = (width: number, residual: (row: number) => number) => {
    for (let row = 0; row < length; row++) {
      const value = residual(row);
      for (let plane = 0; plane < width; plane++) bytes[at + plane * length + row] = value >>> (8 * plane);
    }
    at += width * length;
  };
  write(4, (row) => (columns.occurred_at[row]! - (columns.occurred_at[row - 1] ?? 0)) | 0);
  write(4, (row) => zigzag(columns.id[row]! - (columns.id[row - 1] ?? 0)));
  write(4, (row) => columns.grid[row]!);
  write(4, (row) => zigzag(columns.lon[row]! - (columns.lon[before[row]!] ?? 0)));
  write(4, (row) => zigzag(columns.lat[row]! - (columns.lat[before[row]!] ?? 0)));
  write(2, (row) => columns.area[row]! ^ (columns.area[before[row]!] ?? 0));
  return bytes;
}

/**
 * The columns that `encodeColumns` wrote. The byte columns are views on `bytes`.
 *
 * @throws Error saying what is wrong where the bytes are of another format or version, cut short, too long, or name a
 * word that their own dictionaries do not hold.
 */
export function decodeColumns(bytes: Uint8Array): DatedColumns {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < PREAMBLE || view.getUint32(0, true) !== MAGIC) throw refusal('they do not begin with WGIC');
  const version = view.getUint16(4, true);
  if (version !== VERSION)
    throw refusal(`they are of version ${version}, this reads version ${VERSION}; reload the page`);
  const headerBytes = view.getUint32(8, true);
  if (PREAMBLE + headerBytes > bytes.length) throw refusal('they are cut short inside the header');
  const { length, asOf, areas, categories } = readHeader(bytes.subarray(PREAMBLE, PREAMBLE + headerBytes));
  const wanted = PREAMBLE + headerBytes + length * BYTES_A_ROW;
  if (bytes.length !== wanted) throw refusal(`${length} incidents take ${wanted} bytes, these are ${bytes.length}`);

  let at = PREAMBLE + headerBytes;
  const column = (words: readonly unknown[], name: string): Uint8Array => {
    const part = bytes.subarray(at, at + length);
    at += length;
    for (let row = 0; row < length; row++) {
      if (part[row]! >= words.length) throw refusal(`${name} ${part[row]} of row ${row} is not in the dictionary`);
    }
    return part;
  };
  const category = column(categories, 'category');
  const kind = column(KINDS, 'kind');
  const urgency = column(URGENCIES, 'urgency');
  const state = column(STATES, 'state');

  const occurred_at = new Uint32Array(length);
  const id = new Uint32Array(length);
  const grid = new Uint32Array(length);
  const lon = new Int32Array(length);
  const lat = new Int32Array(length);
  const area = new Uint16Array(length);
  const read = (into: Uint32Array | Int32Array | Uint16Array, restore: (residual: number, row: number) => number) => {
    const width = into.BYTES_PER_ELEMENT;
    for (let row = 0; row < length; row++) {
      let residual = 0;
      for (let plane = 0; plane < width; plane++) residual |= bytes[at + plane * length + row]! << (8 * plane);
      into[row] = restore(residual, row);
    }
    at += width * length;
  };
  // A typed array keeps the lowest 32 bits of what is stored in it, which undoes the wrap of a difference.
  read(occurred_at, (residual, row) => residual + (occurred_at[row - 1] ?? 0));
  for (let row = 1; row < length; row++) {
    if (occurred_at[row]! < occurred_at[row - 1]!) throw refusal(`row ${row} is earlier than the row before it`);
  }
  read(id, (residual, row) => unzigzag(residual) + (id[row - 1] ?? 0));
  read(grid, (residual) => residual);
  const before = previousOfSameGrid(grid);
  read(lon, (residual, row) => unzigzag(residual) + (lon[before[row]!] ?? 0));
  read(lat, (residual, row) => unzigzag(residual) + (lat[before[row]!] ?? 0));
  read(area, (residual, row) => residual ^ (area[before[row]!] ?? 0));
  for (let row = 0; row < length; row++) {
    if (area[row]! >= areas.length) throw refusal(`area ${area[row]} of row ${row} is not in the dictionary`);
  }
  return {
    columns: { length, id, occurred_at, lon, lat, grid, area, category, kind, urgency, state, areas, categories },
    asOf,
  };
}

function readHeader(text: Uint8Array): Header {
  let header: Partial<Header> | null;
  try {
    header = JSON.parse(fromAscii(text)) as Partial<Header> | null;
  } catch {
    throw refusal('their header is no JSON');
  }
  const { length, asOf, areas, categories } = header ?? {};
  const words = (list: unknown): list is string[] =>
    Array.isArray(list) && list.every((word) => typeof word === 'string');
  if (!Number.isSafeInteger(length) || length! < 0) throw refusal('length is missing in their header');
  if (!Number.isSafeInteger(asOf) || asOf! < 0) throw refusal('asOf is missing in their header');
  if (!words(areas) || areas[0] !== '') throw refusal('areas is missing in their header');
  if (!words(categories)) throw refusal('categories is missing in their header');
  return { length: length!, asOf: asOf!, areas, categories };
}

/** For each row the last row before it of the same grid, or −1. */
function previousOfSameGrid(grid: Uint32Array): Int32Array {
  const last = new Map<number, number>();
  const before = new Int32Array(grid.length);
  for (let row = 0; row < grid.length; row++) {
    before[row] = last.get(grid[row]!) ?? -1;
    last.set(grid[row]!, row);
  }
  return before;
}

/** Signed differences, modulo 2^32, as numbers whose high bytes are zero where the difference is small. */
const zigzag = (difference: number): number => {
  const d = difference | 0;
  return (d << 1) ^ (d >> 31);
};
const unzigzag = (residual: number): number => (residual >>> 1) ^ -(residual & 1);

const refusal = (reason: string): Error => new Error(`these bytes are no incident columns: ${reason}`);
