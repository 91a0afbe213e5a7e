/** The layer `dwellings` of a tile: settlement points with their residents, or their sums by cell. */
import { encodeKeys, TileWriter, ValueTable } from './encode.ts';
import {
  ascending,
  CELL_BITS,
  type CellBits,
  cellAt,
  cellX,
  cellY,
  MOST_CELLS,
  PointIndex,
  RAW_BYTES,
  type Rows,
  UNIT_MASK,
  unitShift,
} from './points.ts';
import { MAX_ZOOM, type TileAddress } from './world.ts';

/** Dwellings as columns, in the order of their ids. */
export interface DwellingColumns {
  readonly id: Uint32Array;
  /** Lattice units of 1e-7°. */
  readonly lon: Int32Array;
  readonly lat: Int32Array;
  /** 常住 households and residents. */
  readonly households: Uint32Array;
  readonly population: Uint32Array;
}

/** A point has an id and the first three; a cell has sums and all five. */
export const DWELLING_KEYS = ['households', 'population', 'synthetic', 'binned', 'count'] as const;

const KEYS = encodeKeys(DWELLING_KEYS);
const writer = new TileWriter();
const sums = {
  count: new Uint32Array(MOST_CELLS),
  households: new Uint32Array(MOST_CELLS),
  population: new Uint32Array(MOST_CELLS),
};

export class DwellingTiles {
  readonly #points: PointIndex;
  readonly #table = new ValueTable();
  readonly #households: readonly number[];
  readonly #population: readonly number[];
  readonly #synthetic: number;

  constructor(
    readonly columns: DwellingColumns,
    synthetic: boolean,
  ) {
    this.#points = new PointIndex(columns.lon, columns.lat);
    this.#households = Array.from(columns.households, (n) => this.#table.number(n));
    this.#population = Array.from(columns.population, (n) => this.#table.number(n));
    this.#synthetic = this.#table.number(synthetic);
  }

  /** The tile's bytes; null where no dwelling lies in it. */
  tile(at: TileAddress): Uint8Array | null {
    if (at.z > MAX_ZOOM) return null;
    const found = this.#points.rowsIn(at, 0, this.columns.id.length, null);
    if (found.count === 0) return null;
    this.#raw(at, ascending(found));
    for (const bits of CELL_BITS) {
      if (writer.size <= RAW_BYTES) break;
      writer.drop();
      this.#binned(at, found, bits);
    }
    return writer.take();
  }

  #raw({ z }: TileAddress, rows: Uint32Array): void {
    const { id } = this.columns;
    const { x, y } = this.#points;
    const shift = unitShift(z);
    const { tags } = writer;
    writer.begin('dwellings', this.#table);
    const synthetic = writer.value(this.#synthetic);
    for (const row of rows) {
      tags[0] = 0;
      tags[1] = writer.value(this.#households[row]!);
      tags[2] = 1;
      tags[3] = writer.value(this.#population[row]!);
      tags[4] = 2;
      tags[5] = synthetic;
      writer.point(id[row]!, 3, (x[row]! >> shift) & UNIT_MASK, (y[row]! >> shift) & UNIT_MASK);
    }
    writer.end(KEYS);
  }

  #binned({ z }: TileAddress, { rows, count }: Rows, bits: CellBits): void {
    const { households, population } = this.columns;
    const { x, y } = this.#points;
    const shift = unitShift(z);
    for (const sum of Object.values(sums)) sum.fill(0);
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      const cell = cellAt((x[row]! >> shift) & UNIT_MASK, (y[row]! >> shift) & UNIT_MASK, bits);
      sums.count[cell]!++;
      sums.households[cell]! += households[row]!;
      sums.population[cell]! += population[row]!;
    }
    const { tags } = writer;
    const binned = this.#table.number(true);
    writer.begin('dwellings', this.#table);
    const [yes, synthetic] = [writer.value(binned), writer.value(this.#synthetic)];
    for (let cell = 0; cell < MOST_CELLS; cell++) {
      if (sums.count[cell] === 0) continue;
      tags[0] = 0;
      tags[1] = writer.whole(sums.households[cell]!);
      tags[2] = 1;
      tags[3] = writer.whole(sums.population[cell]!);
      tags[4] = 2;
      tags[5] = synthetic;
      tags[6] = 3;
      tags[7] = yes;
      tags[8] = 4;
      tags[9] = writer.whole(sums.count[cell]!);
      writer.point(null, 5, cellX(cell, bits), cellY(cell, bits));
    }
    writer.end(KEYS);
  }
}
