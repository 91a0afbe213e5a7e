/** Which points lie in a tile: rows of points by the small squares that they lie in, in row order inside a square. */
import { NO_POINT } from '../incidents/columns.ts';
import { MAX_ZOOM, TILE_BITS, TILE_UNITS, WORLD_BITS, worldX, worldY } from './world.ts';

const WORLD = 2 ** WORLD_BITS;

/** The world coordinates of a lattice point; null beyond the square world, where no tile is. */
export function worldPoint(lon: number, lat: number): readonly [x: number, y: number] | null {
  const y = Math.floor(worldY(lat));
  // 180° is the same line as −180°, where the world begins.
  return y >= 0 && y < WORLD ? [Math.floor(worldX(lon)) % WORLD, y] : null;
}

/** Squares at the most; finer ones where the points lie close together. */
const MOST_SQUARES = 1 << 16;
const FINEST = 14;

/** Rows in their order are read several times as fast as rows here and there. */
const AT_ONCE = 2;

/** Abscissa of a row that lies in no tile. */
const NOWHERE = -1;

export class PointIndex {
  readonly length: number;
  /** World coordinates by row; an abscissa of −1 where it has no point, or one beyond the square world. */
  readonly x: Int32Array;
  readonly y: Int32Array;
  readonly #lon: Int32Array;
  readonly #lat: Int32Array;
  /** Zoom of the squares, and the square in the north-west. */
  #zoom = FINEST;
  #west = 0;
  #north = 0;
  #across = 0;
  #down = 0;
  /** Where the rows of each square begin in `#rows`; squares row by row from the north. */
  #start = new Uint32Array(1);
  #rows = new Uint32Array(0);
  #found: Uint32Array;

  /**
   * @param lon lattice coordinates by row, NO_POINT where a row has none
   * @param previous an index of nearly the same rows: what stands unchanged at the beginning and at the end, as after
   * most writes, is taken from it
   */
  constructor(lon: Int32Array, lat: Int32Array, previous: PointIndex | null = null) {
    const length = lon.length;
    this.length = length;
    this.#lon = lon;
    this.#lat = lat;
    this.x = new Int32Array(length);
    this.y = new Int32Array(length);
    this.#found = previous && previous.#found.length >= length ? previous.#found : new Uint32Array(length + 1024);
    let head = 0;
    let tail = 0;
    if (previous) {
      const most = Math.min(length, previous.length);
      while (head < most && lon[head] === previous.#lon[head] && lat[head] === previous.#lat[head]) head++;
      const shift = previous.length - length;
      while (
        tail < most - head &&
        lon[length - 1 - tail] === previous.#lon[length - 1 - tail + shift] &&
        lat[length - 1 - tail] === previous.#lat[length - 1 - tail + shift]
      ) {
        tail++;
      }
      this.x.set(previous.x.subarray(0, head));
      this.y.set(previous.y.subarray(0, head));
      this.x.set(previous.x.subarray(previous.length - tail), length - tail);
      this.y.set(previous.y.subarray(previous.length - tail), length - tail);
    }
    for (let row = head; row < length - tail; row++) {
      const point = lon[row] === NO_POINT ? null : worldPoint(lon[row]!, lat[row]!);
      this.x[row] = point === null ? NOWHERE : point[0];
      this.y[row] = point === null ? 0 : point[1];
    }
    this.#sort();
  }

  /** Counting sort: one pass to count, one to place. */
  #sort(): void {
    const { length, x, y } = this;
    let [west, north, east, south] = [WORLD, WORLD, -1, -1];
    for (let row = 0; row < length; row++) {
      const [px, py] = [x[row]!, y[row]!];
      if (px === NOWHERE) continue;
      if (px < west) west = px;
      if (px > east) east = px;
      if (py < north) north = py;
      if (py > south) south = py;
    }
    if (east < 0) return;
    const squares = (bits: number) => ((east >> bits) - (west >> bits) + 1) * ((south >> bits) - (north >> bits) + 1);
    this.#zoom = FINEST;
    while (this.#zoom > 0 && squares(WORLD_BITS - this.#zoom) > MOST_SQUARES) this.#zoom--;
    const bits = WORLD_BITS - this.#zoom;
    this.#west = west >> bits;
    this.#north = north >> bits;
    this.#across = (east >> bits) - this.#west + 1;
    this.#down = (south >> bits) - this.#north + 1;
    const start = new Uint32Array(this.#across * this.#down + 2);
    const squareOf = (row: number) => ((y[row]! >> bits) - this.#north) * this.#across + (x[row]! >> bits) - this.#west;
    for (let row = 0; row < length; row++) if (x[row] !== NOWHERE) start[squareOf(row) + 2]!++;
    for (let i = 2; i < start.length; i++) start[i]! += start[i - 1]!;
    const rows = new Uint32Array(start.at(-1)!);
    for (let row = 0; row < length; row++) if (x[row] !== NOWHERE) rows[start[squareOf(row) + 1]!++] = row;
    this.#start = start;
    this.#rows = rows;
  }

  /**
   * Rows from `first` up to `end` (not included) that lie in a tile and pass, in ascending order if `sorted`, else in
   * any. The list stands until the index, or one made from it, is asked again.
   */
  rowsIn(
    { z, x, y }: { readonly z: number; readonly x: number; readonly y: number },
    first: number,
    end: number,
    keeps: ((row: number) => boolean) | null,
  ): Rows {
    const found = this.#found;
    const [px, py] = [this.x, this.y];
    const shift = WORLD_BITS - z;
    // Tile ↔ squares: a tile as large as a square or larger holds whole ones.
    const [from, to] = [z - this.#zoom, this.#zoom - z];
    const clamp = (n: number, most: number) => Math.min(most, Math.max(0, n));
    const square = (n: number) => (to >= 0 ? n * 2 ** to : Math.floor(n / 2 ** from));
    const last = (n: number) => (to >= 0 ? (n + 1) * 2 ** to - 1 : Math.floor(n / 2 ** from));
    const west = clamp(square(x) - this.#west, this.#across);
    const east = clamp(last(x) - this.#west + 1, this.#across);
    const north = clamp(square(y) - this.#north, this.#down);
    const south = clamp(last(y) - this.#north + 1, this.#down);
    let held = 0;
    for (let line = north; line < south; line++) {
      held += this.#start[line * this.#across + east]! - this.#start[line * this.#across + west]!;
    }
    let n = 0;
    if (west >= east || held === 0 || first >= end) return { rows: found, count: 0, ordered: true };
    if (end - first <= held * AT_ONCE) {
      for (let row = first; row < end; row++) {
        if (px[row]! >> shift === x && py[row]! >> shift === y && (keeps === null || keeps(row))) found[n++] = row;
      }
      return { rows: found, count: n, ordered: true };
    }
    const whole = to >= 0;
    const all = first === 0 && end === this.length;
    for (let line = north; line < south; line++) {
      const stop = this.#start[line * this.#across + east]!;
      for (let i = this.#start[line * this.#across + west]!; i < stop; i++) {
        const row = this.#rows[i]!;
        if (!all && (row < first || row >= end)) continue;
        if (!whole && (px[row]! >> shift !== x || py[row]! >> shift !== y)) continue;
        if (keeps === null || keeps(row)) found[n++] = row;
      }
    }
    return { rows: found, count: n, ordered: east - west === 1 && south - north === 1 };
  }
}

/** The first `count` entries of a list that is used again. */
export interface Rows {
  readonly rows: Uint32Array;
  readonly count: number;
  /** Whether they ascend. */
  readonly ordered: boolean;
}

/** The rows in ascending order. */
export function ascending({ rows, count, ordered }: Rows): Uint32Array {
  const list = rows.subarray(0, count);
  return ordered ? list : list.sort();
}

/** By how many bits a world coordinate is shifted to be a tile unit; what remains above a tile is masked away. */
export const unitShift = (z: number): number => WORLD_BITS - TILE_BITS - z;
export const UNIT_MASK = TILE_UNITS - 1;

/** A tile of points holds raw points up to this size, before compression; beyond it, they are counted in cells. */
export const RAW_BYTES = 150 * 1024;

/**
 * Cells of a counted tile a side, as powers of two: 128 by 128, and a quarter of that where points fill so many of them
 * that even the cells would pass the limit.
 */
export const CELL_BITS = [7, 6] as const;
export type CellBits = (typeof CELL_BITS)[number];
export const MOST_CELLS = 4 ** CELL_BITS[0];

/** The cell of a point, rows of cells from the north, from its tile units. */
export const cellAt = (x: number, y: number, bits: CellBits): number =>
  ((y >> (TILE_BITS - bits)) << bits) | (x >> (TILE_BITS - bits));

/** The middle of a cell in tile units. */
export const cellX = (cell: number, bits: CellBits): number =>
  ((cell & ((1 << bits) - 1)) + 0.5) * 2 ** (TILE_BITS - bits);
export const cellY = (cell: number, bits: CellBits): number => ((cell >> bits) + 0.5) * 2 ** (TILE_BITS - bits);

// Every zoom must leave bits for a tile's units.
if (unitShift(MAX_ZOOM) < 0) throw new Error('WORLD_BITS: too few for MAX_ZOOM');
