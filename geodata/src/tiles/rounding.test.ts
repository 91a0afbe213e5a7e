import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from '../check/check.ts';
import { SEED } from '../gulang/county.ts';
import { gulangTiling } from '../gulang/tiling.ts';
import { outlineOf } from '../mesh/dissolve.ts';
import type { Cell, Mesh, Ring } from '../mesh/mesh.ts';
import { arcsOf } from './arcs.ts';
import { meshAt } from './rounding.ts';
import { simplify } from './simplify.ts';
import { MAX_ZOOM } from './world.ts';

const { mesh: smooth } = gulangTiling(SEED);

/** The same cells with eight nodes for one, moved aside by some of an edge's length: rough, as surveyed borders are. */
function roughened(mesh: Mesh, seed: number): Mesh {
  const noise = (ax: number, ay: number, bx: number, by: number): number => {
    let hash = seed ^ Math.imul(ax ^ bx, 0x9e3779b1) ^ Math.imul(ay ^ by, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32 - 0.5;
  };
  const line = (ax: number, ay: number, bx: number, by: number, depth: number, out: number[]): void => {
    if (depth === 0 || Math.abs(bx - ax) + Math.abs(by - ay) < 200) {
      out.push(ax, ay);
      return;
    }
    // The same place from either end, so that both cells get the same nodes.
    const [x0, y0, x1, y1] = ax < bx || (ax === bx && ay < by) ? [ax, ay, bx, by] : [bx, by, ax, ay];
    const aside = 0.08 * noise(x0, y0, x1, y1);
    const mx = Math.round((x0 + x1) / 2 - aside * (y1 - y0));
    const my = Math.round((y0 + y1) / 2 + aside * (x1 - x0));
    line(ax, ay, mx, my, depth - 1, out);
    line(mx, my, bx, by, depth - 1, out);
  };
  const rough = (ring: Ring): Ring => {
    const out: number[] = [];
    for (let i = 0, n = ring.length; i < n; i += 2) {
      line(ring[i]!, ring[i + 1]!, ring[(i + 2) % n]!, ring[(i + 3) % n]!, 3, out);
    }
    return Int32Array.from(out);
  };
  const cells = new Map<number, Cell>();
  for (const { id, polygons } of mesh.cells.values())
    cells.set(id, { id, polygons: polygons.map((p) => p.map(rough)) });
  return { cells };
}

/** Squares of a chessboard with their corners shaken; a few hundred metres a side. */
const shaken = fc
  .record({
    across: fc.integer({ min: 1, max: 5 }),
    down: fc.integer({ min: 1, max: 5 }),
    side: fc.integer({ min: 30, max: 40_000 }),
    seed: fc.integer(),
  })
  .chain(({ across, down, side }) =>
    fc
      .array(
        fc.tuple(fc.double({ min: -0.3, max: 0.3, noNaN: true }), fc.double({ min: -0.3, max: 0.3, noNaN: true })),
        {
          minLength: (across + 1) * (down + 1),
          maxLength: (across + 1) * (down + 1),
        },
      )
      .map((moves): Mesh => {
        const node = (x: number, y: number): [number, number] => {
          const [dx, dy] = moves[y * (across + 1) + x]!;
          return [1_029_000_000 + Math.round((x + dx) * side), 374_000_000 + Math.round((y + dy) * side)];
        };
        const cells = new Map<number, Cell>();
        for (let y = 0; y < down; y++) {
          for (let x = 0; x < across; x++) {
            const id = y * across + x + 1;
            const ring = Int32Array.of(...node(x, y), ...node(x + 1, y), ...node(x + 1, y + 1), ...node(x, y + 1));
            cells.set(id, { id, polygons: [[ring]] });
          }
        }
        return { cells };
      }),
  );

const errorsOf = (mesh: Mesh) =>
  check(mesh, { outline: outlineOf(mesh).flat() }).filter((issue) => issue.severity === 'error');

describe('the mesh of a zoom', () => {
  it('tiles wherever the mesh does, however rough its borders', () => {
    const rough = roughened(smooth, 7);
    expect(errorsOf(rough)).toEqual([]);
    const arcs = arcsOf(rough);
    expect(arcs.nodes.size).toBeGreaterThan(40_000);
    const simplification = simplify(arcs);
    for (const zoom of [3, 6, 8, 9, 10, 12, 14]) {
      expect(errorsOf(meshAt(zoom, arcs, simplification)), `zoom ${zoom}`).toEqual([]);
    }
  });

  it('tiles at every zoom for cells of any size', () => {
    fc.assert(
      fc.property(shaken, fc.integer({ min: 4, max: MAX_ZOOM }), (mesh, zoom) => {
        const arcs = arcsOf(mesh);
        const rounded = meshAt(zoom, arcs, simplify(arcs));
        expect(errorsOf(rounded)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps cells that do not tile apart from each other as they are', () => {
    const square = (id: number, w: number, s: number, side: number): [number, Cell] => [
      id,
      { id, polygons: [[Int32Array.of(w, s, w + side, s, w + side, s + side, w, s + side)]] },
    ];
    const overlapping: Mesh = {
      cells: new Map([square(1, 1_029_000_000, 374_000_000, 100_000), square(2, 1_029_050_000, 374_050_000, 100_000)]),
    };
    const arcs = arcsOf(overlapping);
    expect([...meshAt(12, arcs, simplify(arcs)).cells.keys()]).toEqual([1, 2]);
    expect(meshAt(12, arcsOf({ cells: new Map() }), simplify(arcsOf({ cells: new Map() }))).cells.size).toBe(0);
  });
});
