import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from '../check/check.ts';
import { dissolve } from './dissolve.ts';
import type { Mesh } from './mesh.ts';
import { NodeIndex } from './nodes.ts';
import { doubleArea, sideOfPolygon } from './ring.ts';
import { assemblePolygons, traceRings } from './trace.ts';

/** A board of unit squares (side 10), coloured at random: enclaves, holes, parts that touch in corners. */
const SIDE = 6;
const board: Mesh = {
  cells: new Map(
    Array.from({ length: SIDE * SIDE }, (_, i) => {
      const [x, y] = [(i % SIDE) * 10, Math.floor(i / SIDE) * 10];
      const ring = Int32Array.from([x, y, x + 10, y, x + 10, y + 10, x, y + 10]);
      return [i + 1, { id: i + 1, polygons: [[ring]] }];
    }),
  ),
};

describe('unions of cells of any colouring', () => {
  it('have simple rings, turned as they must be, and exactly the land of their squares', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c', null), { minLength: 36, maxLength: 36 }), (colours) => {
        const parts = dissolve(board, (id) => colours[id - 1]!);
        expect([...parts.keys()].sort()).toEqual([...new Set(colours)].filter((c) => c !== null).sort());
        for (const [colour, polygons] of parts) {
          let area = 0;
          for (const polygon of polygons) {
            polygon.forEach((ring, i) => {
              expect(Math.sign(doubleArea(ring))).toBe(i === 0 ? 1 : -1);
              const nodes = Array.from({ length: ring.length / 2 }, (_, k) => `${ring[2 * k]},${ring[2 * k + 1]}`);
              expect(new Set(nodes).size).toBe(nodes.length);
              area += doubleArea(ring) / 2;
            });
          }
          expect(area).toBe(100 * colours.filter((c) => c === colour).length);
          colours.forEach((c, i) => {
            const [x, y] = [(i % SIDE) * 10 + 5, Math.floor(i / SIDE) * 10 + 5];
            expect(polygons.filter((polygon) => sideOfPolygon(polygon, x, y) > 0)).toHaveLength(c === colour ? 1 : 0);
          });
        }
      }),
    );
  });

  it('tile as their squares do; only touching in a node is remarked on', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 36, maxLength: 36 }), (colours) => {
        const parts = [...dissolve(board, (id) => colours[id - 1]!).values()];
        const cells = new Map(parts.map((polygons, i) => [i + 1, { id: i + 1, polygons }]));
        expect(check({ cells }).filter(({ severity }) => severity === 'error')).toEqual([]);
      }),
    );
  });

  it('stay apart where many borders meet in two common nodes, as the slices of an orange do', () => {
    const slices = 7;
    // Pole to pole by way of (x, 0): slice i lies between x = i and x = i + 1.
    const cells = new Map(
      Array.from({ length: slices }, (_, i) => {
        const ring = Int32Array.from([3, -50, 10 * (i + 1) - 30, 0, 3, 50, 10 * i - 30, 0]);
        return [i + 1, { id: i + 1, polygons: [[ring]] }];
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b'), { minLength: slices, maxLength: slices }), (colours) => {
        for (const [colour, polygons] of dissolve({ cells }, (id) => colours[id - 1]!)) {
          const runs = colours.filter((c, i) => c === colour && colours[i - 1] !== colour).length;
          expect(polygons.map((polygon) => polygon.length)).toEqual(Array(runs).fill(1));
          const area = polygons.reduce((sum, [ring]) => sum + doubleArea(ring!), 0);
          expect(area).toBe(1000 * colours.filter((c) => c === colour).length);
        }
      }),
    );
  });

  it('come out of overlapping cells as well, without an error', () => {
    const anyRing = fc
      .array(fc.tuple(fc.nat(6), fc.nat(6)), { minLength: 3, maxLength: 8 })
      .map((nodes) => Int32Array.from(nodes.flat()));
    fc.assert(
      fc.property(fc.array(anyRing, { minLength: 1, maxLength: 5 }), (rings) => {
        const cells = new Map(rings.map((ring, i) => [i + 1, { id: i + 1, polygons: [[ring]] }]));
        expect(() => dissolve({ cells }, (id) => (id % 2 ? 'odd' : 'even'))).not.toThrow();
        expect(() => check({ cells })).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });
});

describe('tracing', () => {
  const nodes = new NodeIndex();
  const at = (x: number, y: number) => nodes.intern(x, y);

  it('says where edges do not close', () => {
    expect(() => traceRings(nodes, [at(0, 0)], [at(10_000_000, 20_000_000)])).toThrow('nothing leaves 1, 2');
  });

  it('puts each hole into the smallest ring around it, and the largest polygon first', () => {
    const ccw = (x: number, y: number, s: number) => Int32Array.from([x, y, x + s, y, x + s, y + s, x, y + s]);
    const cw = (x: number, y: number, s: number) => Int32Array.from([x, y, x, y + s, x + s, y + s, x + s, y]);
    const island = [ccw(40, 40, 10), cw(44, 44, 2)];
    const main = [ccw(0, 0, 100), cw(30, 30, 40)];
    const polygons = assemblePolygons([island[1]!, main[1]!, island[0]!, main[0]!]);
    expect(polygons.map((p) => p.map((r) => [...r]))).toEqual([main, island].map((p) => p.map((r) => [...r])));
  });
});
