/**
 * A `Rollup` as bytes, the compact columnar answer.
 *
 *     "WGRU"  magic
 *     u16     format version
 *     u16     0
 *     u32     bytes of the header, padded with spaces to a multiple of 4
 *     header  JSON in ASCII: { length, asOf, grids, divisions, days, categories, facets }
 *     …       cells of each place, in byte planes
 *     …       day, facet, count − 1 of each cell, in byte planes
 *
 * Numbers are little-endian. Places are the `grids` (ids), then the `divisions` (codes). Cells stand in the order of the
 * rollup, so that a place is the number of its cells, and a day the difference to the cell before it of the same place. A
 * facet is an index into `facets`, the combinations of category, kind, urgency and open that occur: mostly one byte, and
 * near each other where they are common together. Bytes stand plane by plane, lowest first, as in `encode.ts`.
 */
import { fromAscii, toAscii } from './ascii.ts';
import { KINDS, URGENCIES } from './incident.ts';
import { facetOf, type Rollup, rollupOf } from './rollup.ts';

const MAGIC = 0x55524757; // "WGRU" read as a little-endian u32
const VERSION = 1;
const PREAMBLE = 12;

/** Cells of a place; then day, facet and count of a cell. */
const PLACE_BYTES = 4;
const CELL_BYTES = 2 + 2 + 4;

/** A rollup, and the position at which it stands. */
export interface DatedRollup {
  readonly rollup: Rollup;
  readonly asOf: number;
}

interface Header {
  readonly length: number;
  readonly asOf: number;
  readonly grids: readonly number[];
  readonly divisions: readonly string[];
  readonly days: readonly string[];
  readonly categories: readonly string[];
  readonly facets: readonly number[];
}

/** @param asOf the position at which the rollup stands: a whole number, not negative. */
export function encodeRollup(rollup: Rollup, asOf: number): Uint8Array {
  if (!Number.isSafeInteger(asOf) || asOf < 0) throw new Error(`asOf: ${asOf} is no whole number from 0`);
  const { length, place, day, category, kind, urgency, open, count, places, days, categories } = rollup;
  const facet = new Uint16Array(length);
  for (let i = 0; i < length; i++) facet[i] = facetOf(category[i]!, kind[i]!, urgency[i]!, open[i]!);
  const facets = [...new Set(facet)].sort((a, b) => a - b);
  const facetIndex = new Map(facets.map((value, i) => [value, i]));
  const header: Header = {
    length,
    asOf,
    grids: places.flatMap((p) => ('grid' in p ? [p.grid] : [])),
    divisions: places.flatMap((p) => ('division' in p ? [p.division] : [])),
    days,
    categories,
    facets,
  };
  const text = toAscii(JSON.stringify(header));
  const headerBytes = Math.ceil(text.length / 4) * 4;
  const bytes = new Uint8Array(PREAMBLE + headerBytes + places.length * PLACE_BYTES + length * CELL_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint16(4, VERSION, true);
  view.setUint32(8, headerBytes, true);
  bytes.fill(0x20, PREAMBLE, PREAMBLE + headerBytes);
  for (let i = 0; i < text.length; i++) bytes[PREAMBLE + i] = text.charCodeAt(i);

  let at = PREAMBLE + headerBytes;
  const write = (width: number, rows: number, residual: (row: number) => number) => {
    for (let row = 0; row < rows; row++) {
      const value = residual(row);
      for (let plane = 0; plane < width; plane++) bytes[at + plane * rows + row] = value >>> (8 * plane);
    }
    at += width * rows;
  };
  const cells = new Uint32Array(places.length);
  for (let i = 0; i < length; i++) cells[place[i]!]!++;
  write(PLACE_BYTES, places.length, (i) => cells[i]!);
  write(2, length, (i) => day[i]! - (i > 0 && place[i - 1] === place[i] ? day[i - 1]! : 0));
  write(2, length, (i) => facetIndex.get(facet[i]!)!);
  write(4, length, (i) => count[i]! - 1);
  return bytes;
}

/**
 * The rollup that `encodeRollup` wrote.
 *
 * @throws Error saying what is wrong where the bytes are of another format or version, cut short, too long, name a word
 * that their own dictionaries do not hold, or hold cells out of order.
 */
export function decodeRollup(bytes: Uint8Array): DatedRollup {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < PREAMBLE || view.getUint32(0, true) !== MAGIC) throw refusal('they do not begin with WGRU');
  const version = view.getUint16(4, true);
  if (version !== VERSION)
    throw refusal(`they are of version ${version}, this reads version ${VERSION}; reload the page`);
  const headerBytes = view.getUint32(8, true);
  if (PREAMBLE + headerBytes > bytes.length) throw refusal('they are cut short inside the header');
  const header = readHeader(bytes.subarray(PREAMBLE, PREAMBLE + headerBytes));
  const { length, asOf, grids, divisions, days, categories, facets } = header;
  const places = [...grids.map((grid) => ({ grid })), ...divisions.map((division) => ({ division }))];
  const wanted = PREAMBLE + headerBytes + places.length * PLACE_BYTES + length * CELL_BYTES;
  if (bytes.length !== wanted) throw refusal(`${length} cells take ${wanted} bytes, these are ${bytes.length}`);

  let at = PREAMBLE + headerBytes;
  const read = (width: number, rows: number, restore: (residual: number, row: number) => void) => {
    for (let row = 0; row < rows; row++) {
      let residual = 0;
      for (let plane = 0; plane < width; plane++) residual += bytes[at + plane * rows + row]! * 2 ** (8 * plane);
      restore(residual, row);
    }
    at += width * rows;
  };
  const place = new Uint16Array(length);
  let placed = 0;
  read(PLACE_BYTES, places.length, (cells, i) => {
    if (placed + cells > length) throw refusal('their places hold more cells than there are');
    place.fill(i, placed, placed + cells);
    placed += cells;
  });
  if (placed < length) throw refusal('their places hold fewer cells than there are');
  const day = new Uint16Array(length);
  read(2, length, (step, i) => {
    const to = step + (i > 0 && place[i - 1] === place[i] ? day[i - 1]! : 0);
    if (to >= days.length) throw refusal(`day ${to} of cell ${i} is not in the dictionary`);
    day[i] = to;
  });
  const facet = new Uint16Array(length);
  read(2, length, (index, i) => {
    if (index >= facets.length) throw refusal(`facet ${index} of cell ${i} is not in the dictionary`);
    facet[i] = facets[index]!;
    const before = i > 0 && place[i - 1] === place[i] && day[i - 1] === day[i] ? facet[i - 1]! : -1;
    if (facet[i]! <= before) throw refusal(`cell ${i} is not after the cell before it`);
  });
  const count = new Uint32Array(length);
  read(4, length, (more, i) => {
    if (more === 0xffffffff) throw refusal(`the count of cell ${i} is beyond 2^32 − 1`);
    count[i] = more + 1;
  });
  return { rollup: rollupOf({ place, day, facet, count }, { places, days, categories }), asOf };
}

function readHeader(text: Uint8Array): Header {
  let header: Partial<Header> | null;
  try {
    header = JSON.parse(fromAscii(text)) as Partial<Header> | null;
  } catch {
    throw refusal('their header is no JSON');
  }
  const { length, asOf, grids, divisions, days, categories, facets } = header ?? {};
  const words = (list: unknown): list is string[] =>
    Array.isArray(list) && list.every((word) => typeof word === 'string');
  const whole = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
  const numbers = (list: unknown): list is number[] => Array.isArray(list) && list.every(whole);
  if (!whole(length)) throw refusal('length is missing in their header');
  if (!whole(asOf)) throw refusal('asOf is missing in their header');
  if (!numbers(grids)) throw refusal('grids is missing in their header');
  if (!words(divisions)) throw refusal('divisions is missing in their header');
  if (!words(days) || days.length > 0x10000) throw refusal('days is missing in their header');
  if (!words(categories)) throw refusal('categories is missing in their header');
  if (grids.length + divisions.length > 0x10000) throw refusal('their header names too many places');
  const all = categories.length * KINDS.length * URGENCIES.length * 2;
  if (!numbers(facets) || facets.some((facet, i) => facet >= all || (i > 0 && facet <= facets[i - 1]!))) {
    throw refusal('facets is missing in their header');
  }
  return { length, asOf, grids, divisions, days, categories, facets };
}

const refusal = (reason: string): Error => new Error(`these bytes are no rollup: ${reason}`);
