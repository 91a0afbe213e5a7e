/** Where the grids of an edition lie in every tile: made zoom by zoom when first asked for, kept as encoded geometry. */
import Flatbush from 'flatbush';
import type { CellId, Mesh, Polygon } from '../mesh/mesh.ts';
import { type Box, boxOf } from '../mesh/ring.ts';
import { type Arcs, arcsOf } from './arcs.ts';
import { clipped } from './clip.ts';
import { polygonCommands } from './encode.ts';
import { MARGIN, meshAt } from './rounding.ts';
import { type Simplification, simplify } from './simplify.ts';
import { MAX_ZOOM, TILE_UNITS, tileKey } from './world.ts';

/** A cell's part in a tile, as `TileWriter.polygon` takes it. */
export interface CellPart {
  readonly id: CellId;
  readonly commands: Uint8Array;
}

interface Zoom {
  readonly mesh: Mesh;
  readonly polygons: readonly { readonly id: CellId; readonly polygon: Polygon; readonly box: Box }[];
  readonly index: Flatbush | null;
}

/** Parts kept at the most; the oldest go first. A county of 278 grids has 23,000 tiles down to the deepest zoom. */
const KEPT_TILES = 30_000;

export class GridTileIndex {
  readonly #zooms: (Zoom | undefined)[] = [];
  readonly #tiles = new Map<number, readonly CellPart[]>();
  #arcs: Arcs | null = null;
  #simplification: Simplification | null = null;

  /** @param mesh of the edition; it never changes */
  constructor(readonly mesh: Mesh) {}

  /** The cells in a tile and its margin, by id. Empty where there are none, and beyond MAX_ZOOM. */
  tile(z: number, x: number, y: number): readonly CellPart[] {
    if (z > MAX_ZOOM) return [];
    const key = tileKey(z, x, y);
    let parts = this.#tiles.get(key);
    if (!parts) {
      parts = this.#cut(z, x, y);
      // What lies elsewhere in the world is found to be nothing as fast as it would be remembered.
      if (parts.length > 0) {
        if (this.#tiles.size >= KEPT_TILES) this.#tiles.delete(this.#tiles.keys().next().value!);
        this.#tiles.set(key, parts);
      }
    }
    return parts;
  }

  /** The whole mesh on the units of a zoom, as `meshAt` gives it. */
  meshAt(z: number): Mesh {
    return this.#zoom(z).mesh;
  }

  #cut(z: number, x: number, y: number): CellPart[] {
    const { polygons, index } = this.#zoom(z);
    const box: Box = [
      x * TILE_UNITS - MARGIN,
      -(y + 1) * TILE_UNITS - MARGIN,
      (x + 1) * TILE_UNITS + MARGIN,
      -y * TILE_UNITS + MARGIN,
    ];
    const parts = new Map<CellId, Polygon[]>();
    for (const at of index?.search(...box).sort((a, b) => a - b) ?? []) {
      const { id, polygon, box: own } = polygons[at]!;
      const whole = own[0] >= box[0] && own[1] >= box[1] && own[2] <= box[2] && own[3] <= box[3];
      const inside = whole ? [polygon] : clipped(polygon, box);
      if (inside.length > 0) parts.set(id, [...(parts.get(id) ?? []), ...inside]);
    }
    return [...parts]
      .sort(([a], [b]) => a - b)
      .map(([id, inside]) => ({
        id,
        commands: polygonCommands(inside.flat().map((ring) => seen(ring, x * TILE_UNITS, -y * TILE_UNITS))),
      }));
  }

  #zoom(z: number): Zoom {
    let zoom = this.#zooms[z];
    if (!zoom) {
      this.#arcs ??= arcsOf(this.mesh);
      this.#simplification ??= simplify(this.#arcs);
      const mesh = meshAt(z, this.#arcs, this.#simplification);
      const polygons = [...mesh.cells.values()].flatMap(({ id, polygons: all }) =>
        all.map((polygon) => ({ id, polygon, box: boxOf([polygon]) })),
      );
      let index: Flatbush | null = null;
      if (polygons.length > 0) {
        index = new Flatbush(polygons.length, 8);
        for (const { box } of polygons) index.add(...box);
        index.finish();
      }
      zoom = { mesh, polygons, index };
      this.#zooms[z] = zoom;
    }
    return zoom;
  }
}

/** A ring as a tile has it: from the tile's corner, y to the south, walked the other way, which turns it as it is seen. */
function seen(ring: ArrayLike<number>, left: number, top: number): Int32Array {
  const n = ring.length;
  const out = new Int32Array(n);
  for (let i = 0; i < n; i += 2) {
    out[i] = ring[n - 2 - i]! - left;
    out[i + 1] = top - ring[n - 1 - i]!;
  }
  return out;
}
