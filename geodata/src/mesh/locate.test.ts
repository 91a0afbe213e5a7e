import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gulangTiling } from '../gulang/tiling.ts';
import { boundsOf, covers, meshLocator } from './locate.ts';

const { mesh } = gulangTiling(7);
const locate = meshLocator(mesh);
const cells = [...mesh.cells.values()].sort((a, b) => a.id - b.id);
/** What it must equal: look at every cell. */
const brute = (x: number, y: number) => cells.find((cell) => covers(cell, x, y))?.id ?? null;
const bounds = cells.map(boundsOf);
const [w, s, e, n] = [0, 1, 2, 3].map((k) =>
  bounds.map((b) => b[k]!).reduce(k < 2 ? (a, b) => Math.min(a, b) : (a, b) => Math.max(a, b)),
) as [number, number, number, number];

describe('meshLocator', () => {
  it('finds what looking at every cell finds, inside and outside', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: w - 1000, max: e + 1000 }),
        fc.integer({ min: s - 1000, max: n + 1000 }),
        (x, y) => {
          expect(locate(x, y)).toBe(brute(x, y));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('gives every node to the smallest id that has it', () => {
    const smallest = new Map<string, number>();
    for (const cell of cells) {
      for (const ring of cell.polygons.flat()) {
        for (let k = 0; k < ring.length; k += 2) {
          const key = `${ring[k]},${ring[k + 1]}`;
          smallest.set(key, Math.min(smallest.get(key) ?? Infinity, cell.id));
        }
      }
    }
    for (const [key, id] of smallest) {
      const [x, y] = key.split(',').map(Number) as [number, number];
      expect(locate(x, y)).toBe(id);
    }
  });

  it('sees a border point, one node left of it and one right of it', () => {
    const square = (id: number, x: number) => ({
      id,
      polygons: [[Int32Array.from([x, 0, x + 10, 0, x + 10, 10, x, 10])]],
    });
    const two = meshLocator({
      cells: new Map([
        [2, square(2, 0)],
        [1, square(1, 10)],
      ]),
    });
    expect([9, 10, 11].map((x) => two(x, 5))).toEqual([2, 1, 1]);
    expect([0, 10, 20, 21].map((x) => two(x, 0))).toEqual([2, 1, 1, null]);
  });
});
