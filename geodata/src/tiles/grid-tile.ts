/** The layer `grids` of a tile. */
import type { GridClass } from '../county/county.ts';
import { encodeKeys, TileWriter, type Value, ValueTable } from './encode.ts';
import type { GridTileIndex } from './grid-index.ts';

/** What a grid's feature tells; its id is the grid's. Null is left out, as the format has no null. */
export interface GridTags {
  readonly code: string;
  readonly name: string;
  readonly class: GridClass;
  readonly township_code: string;
  readonly village_code: string;
  readonly managing_township_code: string;
  readonly households: number | null;
  readonly population: number | null;
  readonly area_km2: number;
  /** As the measure of coverage says it: own, shared, vacant, unknown. */
  readonly coverage: string;
  readonly synthetic: boolean;
}

export const GRID_KEYS = [
  'code',
  'name',
  'class',
  'township_code',
  'village_code',
  'managing_township_code',
  'households',
  'population',
  'area_km2',
  'coverage',
  'synthetic',
] as const satisfies readonly (keyof GridTags)[];

const KEYS = encodeKeys(GRID_KEYS);
const writer = new TileWriter();

/** Writes the tiles of an edition with the tags of a day. */
export class GridTiles {
  readonly #table = new ValueTable();
  /** By grid: key index and value number, in turn. */
  readonly #tags = new Map<number, Int32Array>();

  constructor(
    readonly index: GridTileIndex,
    tags: Iterable<readonly [id: number, tags: GridTags]>,
  ) {
    for (const [id, of] of tags) {
      const pairs = GRID_KEYS.flatMap((key, i): number[] => {
        const value: Value | null = of[key];
        return value === null ? [] : [i, this.#table.number(value)];
      });
      this.#tags.set(id, Int32Array.from(pairs));
    }
  }

  /** The tile's bytes; null where no grid lies in it. */
  tile(z: number, x: number, y: number): Uint8Array | null {
    const parts = this.index.tile(z, x, y);
    if (parts.length === 0) return null;
    writer.begin('grids', this.#table);
    for (const { id, commands } of parts) {
      const tags = this.#tags.get(id) ?? NO_TAGS;
      for (let i = 0; i < tags.length; i += 2) {
        writer.tags[i] = tags[i]!;
        writer.tags[i + 1] = writer.value(tags[i + 1]!);
      }
      writer.polygon(id, tags.length / 2, commands);
    }
    writer.end(KEYS);
    return writer.take();
  }
}

const NO_TAGS = new Int32Array();
