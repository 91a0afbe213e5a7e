import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { describe, expect, it } from 'vitest';
import { check } from '../check/check.ts';
import { SEED } from '../gulang/county.ts';
import { gulangTiling } from '../gulang/tiling.ts';
import { outlineOf } from '../mesh/dissolve.ts';
import { neighbours } from '../mesh/edges.ts';
import { crossesProperly, onSegment } from '../mesh/lattice.ts';
import type { CellId, Mesh, Polygon } from '../mesh/mesh.ts';
import { boxOf, doubleArea } from '../mesh/ring.ts';
import { GridTileIndex } from './grid-index.ts';
import { GridTiles } from './grid-tile.ts';
import { MARGIN, TOLERANCE } from './rounding.ts';
import { MAX_ZOOM, TILE_UNITS, WORLD_BITS, worldX, worldY } from './world.ts';

const { mesh, grids } = gulangTiling(SEED);
const index = new GridTileIndex(mesh);
const tiles = new GridTiles(
  index,
  grids.map((g) => [
    g.id,
    {
      code: g.code,
      name: g.name,
      class: g.class,
      township_code: g.code.slice(0, 9),
      village_code: g.village_code,
      managing_township_code: g.managing_township_code,
      households: g.id,
      population: null,
      area_km2: g.id + 0.5,
      coverage: 'own',
      synthetic: true,
    },
  ]),
);
const ZOOMS = Array.from({ length: MAX_ZOOM + 1 }, (_, z) => z);
const polygonsOf = (m: Mesh): Polygon[] => [...m.cells.values()].flatMap((cell) => cell.polygons);
const land = (polygons: readonly Polygon[]): number => polygons.flat().reduce((sum, ring) => sum + doubleArea(ring), 0);

/** Tiles of a zoom in which the county lies; deep down, a part of them that is spread over all. */
function* addresses(z: number): Generator<{ z: number; x: number; y: number }> {
  const [west, south, east, north] = boxOf(polygonsOf(mesh));
  const at = (n: number) => Math.floor(n / 2 ** (WORLD_BITS - z));
  const every = z <= 12 ? 1 : 3 ** (z - 12);
  let n = 0;
  for (let y = at(worldY(north)); y <= at(worldY(south)); y++) {
    for (let x = at(worldX(west)); x <= at(worldX(east)); x++) if (n++ % every === 0) yield { z, x, y };
  }
}

interface Edge {
  readonly cell: number;
  readonly ax: number;
  readonly ay: number;
  readonly bx: number;
  readonly by: number;
}

/** What a client gets: rings per feature. */
function decoded({ z, x, y }: { z: number; x: number; y: number }): Map<CellId, { x: number; y: number }[][]> {
  const bytes = tiles.tile(z, x, y);
  const rings = new Map<CellId, { x: number; y: number }[][]>();
  if (!bytes) return rings;
  const layer = new VectorTile(new PbfReader(bytes)).layers.grids!;
  expect(layer.extent).toBe(TILE_UNITS);
  for (let i = 0; i < layer.length; i++) {
    const feature = layer.feature(i);
    expect(feature.type).toBe(3);
    expect(rings.has(feature.id!)).toBe(false);
    rings.set(feature.id!, feature.loadGeometry());
  }
  return rings;
}

const LOW = -MARGIN;
const HIGH = TILE_UNITS + MARGIN;
const along = ({ ax, ay, bx, by }: Edge): boolean =>
  (ax === bx && (ax === LOW || ax === HIGH)) || (ay === by && (ay === LOW || ay === HIGH));

describe('a tile of grids', () => {
  it.each(ZOOMS)('at zoom %i has each shared edge with identical points on both sides, and no gap or overlap', (z) => {
    const whole = index.meshAt(z);
    const rim = new Set<string>();
    for (const ring of outlineOf(whole).flat()) {
      for (let i = 0, n = ring.length; i < n; i += 2) {
        rim.add([ring[i], ring[i + 1], ring[(i + 2) % n], ring[(i + 3) % n]].join());
      }
    }
    let shared = 0;
    let interior = 0;
    for (const at of addresses(z)) {
      const rings = decoded(at);
      const edges: Edge[] = [];
      let area = 0;
      for (const [cell, of] of rings) {
        for (const ring of of) {
          expect(ring.length).toBeGreaterThanOrEqual(4);
          for (let i = 1; i < ring.length; i++) {
            const [a, b] = [ring[i - 1]!, ring[i]!];
            if (Math.min(b.x, b.y) < LOW || Math.max(b.x, b.y) > HIGH) expect.fail(`${b.x}, ${b.y} is outside`);
            edges.push({ cell, ax: a.x, ay: a.y, bx: b.x, by: b.y });
            area += a.x * b.y - b.x * a.y;
          }
        }
      }
      const inside = edges.filter((edge) => !along(edge));
      const seen = new Map<string, number>();
      for (const { cell, ax, ay, bx, by } of inside) {
        const key = [ax, ay, bx, by].join();
        if (seen.has(key)) expect.fail(`two grids on one side of ${key}`);
        seen.set(key, cell);
      }
      let open = 0;
      for (const { cell, ax, ay, bx, by } of inside) {
        const other = seen.get([bx, by, ax, ay].join());
        if (other !== undefined) {
          if (other === cell) expect.fail(`grid ${cell} borders itself`);
          shared++;
          continue;
        }
        // Nobody on the other side: the edge of the land. A tile's rings turn the other way round.
        open++;
        const [left, top] = [at.x * TILE_UNITS, -at.y * TILE_UNITS];
        if (!rim.has([left + bx, top - by, left + ax, top - ay].join())) {
          expect.fail(`grid ${cell} has nothing beyond ${ax}, ${ay} – ${bx}, ${by} in ${JSON.stringify(at)}`);
        }
      }
      // Borders meet in common nodes only. The lower zooms have all of them in one tile.
      if (inside.length < 4000) expectNoCrossing(inside);
      if (open === 0 && edges.length > 0) {
        interior++;
        // Where no land ends, the grids are the tile: not a unit more, not one less.
        expect(area / 2).toBe((HIGH - LOW) ** 2);
      }
    }
    expect(shared).toBeGreaterThan(z < 2 ? 50 : 300);
    if (z >= 11) expect(interior).toBeGreaterThan(0);
  });

  it.each(ZOOMS)('at zoom %i is cut from a tiling in which neighbours stay neighbours', (z) => {
    const whole = index.meshAt(z);
    // A node that two parts of a grid share is no fault: it is what is left of a narrow place.
    expect(check(whole, { outline: outlineOf(whole).flat() }).filter((issue) => issue.severity === 'error')).toEqual(
      [],
    );
    const now = neighbours(whole);
    const lost: string[] = [];
    const scale = 2 ** (z + 12 - WORLD_BITS);
    for (const [id, [mine, around]] of sharedBorders(scale)) {
      if (!whole.cells.has(id)) expect(mine, `grid ${id} is gone`).toBeLessThan((2 * (TOLERANCE + 1)) ** 2);
      for (const [other, length] of around) {
        if (length > 8 && whole.cells.has(id) && whole.cells.has(other) && !now.get(id)!.has(other))
          lost.push(`${id}–${other} ${length}`);
      }
    }
    expect(lost).toEqual([]);
  });

  it('keeps boundaries within the tolerance of where they are', () => {
    for (const z of [6, 9, 12, MAX_ZOOM]) {
      const scale = 2 ** (z + 12 - WORLD_BITS);
      const [before, after] = [
        land(polygonsOf(mesh).map((p) => p.map((ring) => scaled(ring, scale)))),
        land(polygonsOf(index.meshAt(z))),
      ];
      expect(Math.abs(after / before - 1)).toBeLessThan(z === 6 ? 0.02 : 0.005);
      for (const { id, polygons } of index.meshAt(z).cells.values()) {
        const real = mesh.cells
          .get(id)!
          .polygons.flat()
          .map((ring) => scaled(ring, scale));
        const limit = (z === MAX_ZOOM ? 0 : TOLERANCE) + 1.5;
        for (const ring of polygons.flat()) {
          for (let i = 0; i < ring.length; i += 2) {
            const off = Math.min(...real.map((of) => distanceTo(of, ring[i]!, ring[i + 1]!)));
            if (!(off < limit)) expect.fail(`grid ${id} is ${off} units off at zoom ${z}`);
          }
        }
      }
    }
  });

  it('turns exterior rings clockwise as they are seen, and tells what a grid is', () => {
    const [first] = grids;
    const bytes = tiles.tile(8, ...centre(8))!;
    const layer = new VectorTile(new PbfReader(bytes)).layers.grids!;
    expect(layer.version).toBe(2);
    for (let i = 0; i < layer.length; i++) {
      const feature = layer.feature(i);
      const [outer] = feature.loadGeometry();
      let area = 0;
      outer!.forEach((p, k) => {
        const q = outer![(k + 1) % outer!.length]!;
        area += p.x * q.y - q.x * p.y;
      });
      expect(area).toBeGreaterThan(0);
      if (feature.id === first!.id) {
        expect(feature.properties).toEqual({
          code: first!.code,
          name: first!.name,
          class: first!.class,
          township_code: first!.code.slice(0, 9),
          village_code: first!.village_code,
          managing_township_code: first!.managing_township_code,
          households: 1,
          area_km2: 1.5,
          coverage: 'own',
          synthetic: true,
        });
      }
    }
  });

  it('is empty elsewhere and beyond the deepest zoom', () => {
    expect(tiles.tile(5, 0, 0)).toBeNull();
    expect(tiles.tile(MAX_ZOOM + 1, ...centre(MAX_ZOOM + 1))).toBeNull();
    expect(new GridTiles(new GridTileIndex({ cells: new Map() }), []).tile(0, 0, 0)).toBeNull();
  });
});

function centre(z: number): [x: number, y: number] {
  const [west, south, east, north] = boxOf(polygonsOf(mesh));
  const scale = 2 ** (z - WORLD_BITS);
  return [Math.floor(worldX((west + east) / 2) * scale), Math.floor(worldY((south + north) / 2) * scale)];
}

/** In tile units with y to the north, not rounded: only for measuring. */
const scaled = (ring: Int32Array, scale: number): Int32Array =>
  Float64Array.from(ring, (n, i) => (i % 2 === 0 ? worldX(n) * scale : -worldY(n) * scale)) as unknown as Int32Array;

function distanceTo(ring: Int32Array, x: number, y: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0, n = ring.length; i < n; i += 2) {
    const [ax, ay, bx, by] = [ring[i]!, ring[i + 1]!, ring[(i + 2) % n]!, ring[(i + 3) % n]!];
    const [ux, uy] = [bx - ax, by - ay];
    const t = Math.min(1, Math.max(0, ((x - ax) * ux + (y - ay) * uy) / (ux * ux + uy * uy || 1)));
    least = Math.min(least, Math.hypot(x - ax - t * ux, y - ay - t * uy));
  }
  return least;
}

/** By grid: its area in square units of a zoom, and the length of its border with each neighbour. */
function sharedBorders(scale: number): Map<CellId, [area: number, around: Map<CellId, number>]> {
  const owner = new Map<string, CellId>();
  const found = new Map<CellId, [number, Map<CellId, number>]>();
  const each = (visit: (id: CellId, ax: number, ay: number, bx: number, by: number) => void) => {
    for (const { id, polygons } of mesh.cells.values()) {
      for (const ring of polygons.flat()) {
        for (let i = 0, n = ring.length; i < n; i += 2)
          visit(id, ring[i]!, ring[i + 1]!, ring[(i + 2) % n]!, ring[(i + 3) % n]!);
      }
    }
  };
  each((id, ...edge) => owner.set(edge.join(), id));
  for (const { id, polygons } of mesh.cells.values()) {
    found.set(id, [land(polygons.map((p) => p.map((ring) => scaled(ring, scale)))) / 2, new Map()]);
  }
  each((id, ax, ay, bx, by) => {
    const other = owner.get([bx, by, ax, ay].join());
    if (other === undefined) return;
    const length = Math.hypot(worldX(bx) - worldX(ax), worldY(by) - worldY(ay)) * scale;
    const around = found.get(id)![1];
    around.set(other, (around.get(other) ?? 0) + length);
  });
  return found;
}

/** Sweeps from west to east; exact. */
function expectNoCrossing(edges: readonly Edge[]): void {
  const sorted = [...edges].sort((a, b) => Math.min(a.ax, a.bx) - Math.min(b.ax, b.bx));
  for (let i = 0; i < sorted.length; i++) {
    const a = sorted[i]!;
    const end = Math.max(a.ax, a.bx);
    const [low, high] = [Math.min(a.ay, a.by), Math.max(a.ay, a.by)];
    for (let j = i + 1; j < sorted.length && Math.min(sorted[j]!.ax, sorted[j]!.bx) <= end; j++) {
      const b = sorted[j]!;
      if (Math.max(b.ay, b.by) < low || Math.min(b.ay, b.by) > high) continue;
      const meets =
        crossesProperly(a.ax, a.ay, a.bx, a.by, b.ax, b.ay, b.bx, b.by) ||
        touchesWithin(a, b.ax, b.ay) ||
        touchesWithin(a, b.bx, b.by) ||
        touchesWithin(b, a.ax, a.ay) ||
        touchesWithin(b, a.bx, a.by);
      if (meets) expect.fail(`${JSON.stringify(a)} and ${JSON.stringify(b)} meet other than in a node of both`);
    }
  }
}

const touchesWithin = (e: Edge, x: number, y: number): boolean =>
  (x !== e.ax || y !== e.ay) && (x !== e.bx || y !== e.by) && onSegment(e.ax, e.ay, e.bx, e.by, x, y);
