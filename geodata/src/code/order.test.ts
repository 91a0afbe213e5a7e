import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gulangTiling } from '../gulang/tiling.ts';
import { covers } from '../mesh/locate.ts';
import type { Cell } from '../mesh/mesh.ts';
import { pointOnSurface, readingOrder } from './order.ts';

const square = (id: number, x: number, y: number, size = 100): Cell => ({
  id,
  polygons: [[Int32Array.from([x, y, x + size, y, x + size, y + size, x, y + size])]],
});

describe('readingOrder', () => {
  it('reads rows from the north, each from the west, and takes slight steps as one row', () => {
    const cells = [square(1, 0, 0), square(2, 100, 10), square(3, 0, 110), square(4, 100, 100), square(5, 200, 105)];
    expect(readingOrder(cells)).toEqual([3, 4, 5, 1, 2]);
  });

  it('does not depend on the order in which it is given the cells', () => {
    const cell = fc.tuple(
      fc.integer({ min: 0, max: 900 }),
      fc.integer({ min: 0, max: 900 }),
      fc.integer({ min: 20, max: 300 }),
    );
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 12 }), fc.infiniteStream(fc.nat()), (places, chance) => {
        const cells = places.map(([x, y, size], i) => square(i + 1, x, y, size));
        const shuffled = cells
          .map((c) => [chance.next().value as number, c] as const)
          .sort(([a], [b]) => a - b)
          .map(([, c]) => c);
        expect(readingOrder(shuffled)).toEqual(readingOrder(cells));
        expect([...readingOrder(cells)].sort((a, b) => a - b)).toEqual(cells.map((c) => c.id));
      }),
    );
  });

  it('takes a point inside each cell, holes and crooked shapes included', () => {
    for (const c of gulangTiling(3).mesh.cells.values()) {
      const [x, y] = pointOnSurface(c);
      expect(covers(c, Math.round(x), Math.round(y))).toBe(true);
    }
  });
});
