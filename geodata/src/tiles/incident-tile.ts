/** The layer `incidents` of a tile: the points themselves, or, where they are too many, how many lie in each cell. */
import type { IncidentColumns } from '../incidents/columns.ts';
import { type IncidentFilter, rowFilter } from '../incidents/filter.ts';
import { KINDS, STATES, URGENCIES } from '../incidents/incident.ts';
import { rowAt } from '../incidents/window.ts';
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

/** A point has an id and the first six; a cell has `urgency`, the highest in it, and the last four. */
export const INCIDENT_KEYS = [
  'kind',
  'category',
  'urgency',
  'state',
  'occurred_at',
  'synthetic',
  'binned',
  'count',
  'weight',
] as const;

const KEYS = encodeKeys(INCIDENT_KEYS);
const [KIND, CATEGORY, URGENCY, STATE, OCCURRED_AT, SYNTHETIC, BINNED, COUNT, WEIGHT] = INCIDENT_KEYS.map(
  (_, i) => i,
) as [number, number, number, number, number, number, number, number, number];

const COLLECTION = KINDS.indexOf('collection');
/** A raw point takes no fewer bytes than this. */
const LEAST_POINT_BYTES = 25;

const writer = new TileWriter();
const counts = new Uint32Array(MOST_CELLS);
const weights = new Uint32Array(MOST_CELLS);
const urgencies = new Uint8Array(MOST_CELLS);

/** Which incidents a tile shows. */
export interface IncidentSelection {
  /** Seconds since 1970, half-open, by `occurred_at`. */
  readonly from: number;
  readonly to: number;
  readonly filter: IncidentFilter;
}

/** Writes the tiles of columns. Equal columns give equal bytes, in whatever steps they came about. */
export class IncidentTiles {
  readonly #points: PointIndex;
  readonly #table = new ValueTable();
  readonly #words: { readonly [field in 'kind' | 'category' | 'urgency' | 'state']: readonly number[] };
  readonly #yes: number;
  readonly #synthetic: number;

  /** @param previous tiles of nearly the same columns, whose index is taken over as far as it goes */
  constructor(
    readonly columns: IncidentColumns,
    synthetic: boolean,
    previous: IncidentTiles | null = null,
  ) {
    this.#points = new PointIndex(columns.lon, columns.lat, previous === null ? null : previous.#points);
    const numbers = (words: readonly string[]) => words.map((word) => this.#table.number(word));
    this.#words = {
      kind: numbers(KINDS),
      category: numbers(columns.categories),
      urgency: numbers(URGENCIES),
      state: numbers(STATES),
    };
    this.#yes = this.#table.number(true);
    this.#synthetic = this.#table.number(synthetic);
  }

  /** The tile's bytes; null where it shows nothing. An incident without a point is in no tile. */
  tile(at: TileAddress, { from, to, filter }: IncidentSelection): Uint8Array | null {
    const { columns } = this;
    if (at.z > MAX_ZOOM) return null;
    const found = this.#points.rowsIn(at, rowAt(columns, from), rowAt(columns, to), rowFilter(columns, filter));
    if (found.count === 0) return null;
    if (found.count * LEAST_POINT_BYTES <= RAW_BYTES) {
      this.#raw(at, ascending(found));
      if (writer.size <= RAW_BYTES) return writer.take();
    }
    for (const bits of CELL_BITS) {
      writer.drop();
      this.#binned(at, found, bits);
      if (writer.size <= RAW_BYTES) break;
    }
    return writer.take();
  }

  #raw({ z }: TileAddress, rows: Uint32Array): void {
    const { id, kind, category, urgency, state, occurred_at } = this.columns;
    const { x, y } = this.#points;
    const shift = unitShift(z);
    const { tags } = writer;
    writer.begin('incidents', this.#table);
    const synthetic = writer.value(this.#synthetic);
    let second = -1;
    let secondIndex = 0;
    for (const row of rows) {
      // Rows are in time order: equal seconds stand together.
      if (occurred_at[row] !== second) {
        second = occurred_at[row]!;
        secondIndex = writer.whole(second);
      }
      tags[0] = KIND;
      tags[1] = writer.value(this.#words.kind[kind[row]!]!);
      tags[2] = CATEGORY;
      tags[3] = writer.value(this.#words.category[category[row]!]!);
      tags[4] = URGENCY;
      tags[5] = writer.value(this.#words.urgency[urgency[row]!]!);
      tags[6] = STATE;
      tags[7] = writer.value(this.#words.state[state[row]!]!);
      tags[8] = OCCURRED_AT;
      tags[9] = secondIndex;
      tags[10] = SYNTHETIC;
      tags[11] = synthetic;
      writer.point(id[row]!, 6, (x[row]! >> shift) & UNIT_MASK, (y[row]! >> shift) & UNIT_MASK);
    }
    writer.end(KEYS);
  }

  /** A cell stands in its middle, with the number of incidents and, as weight, of events and disputes: what heat counts. */
  #binned({ z }: TileAddress, { rows, count }: Rows, bits: CellBits): void {
    const { kind, urgency } = this.columns;
    const { x, y } = this.#points;
    const shift = unitShift(z);
    counts.fill(0);
    weights.fill(0);
    urgencies.fill(0);
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      const cell = cellAt((x[row]! >> shift) & UNIT_MASK, (y[row]! >> shift) & UNIT_MASK, bits);
      counts[cell]!++;
      if (kind[row] !== COLLECTION) weights[cell]!++;
      if (urgency[row]! > urgencies[cell]!) urgencies[cell] = urgency[row]!;
    }
    const { tags } = writer;
    writer.begin('incidents', this.#table);
    const [yes, synthetic] = [writer.value(this.#yes), writer.value(this.#synthetic)];
    const listed = new Map<number, number>();
    const whole = (n: number): number => {
      let found = listed.get(n);
      if (found === undefined) {
        found = writer.whole(n);
        listed.set(n, found);
      }
      return found;
    };
    for (let cell = 0; cell < counts.length; cell++) {
      if (counts[cell] === 0) continue;
      tags[0] = URGENCY;
      tags[1] = writer.value(this.#words.urgency[urgencies[cell]!]!);
      tags[2] = SYNTHETIC;
      tags[3] = synthetic;
      tags[4] = BINNED;
      tags[5] = yes;
      tags[6] = COUNT;
      tags[7] = whole(counts[cell]!);
      tags[8] = WEIGHT;
      tags[9] = whole(weights[cell]!);
      writer.point(null, 5, cellX(cell, bits), cellY(cell, bits));
    }
    writer.end(KEYS);
  }
}
