import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxOf, doubleArea, reversed, sideOfPolygon, sideOfRing } from './ring.ts';

const ring = (...nodes: number[]) => Int32Array.from(nodes);
const square = ring(0, 0, 10, 0, 10, 10, 0, 10);
/** A comb: three teeth upwards, edges level with each other, nodes above and below one another. */
const comb = ring(0, 0, 10, 0, 10, 8, 8, 8, 8, 2, 6, 2, 6, 8, 4, 8, 4, 2, 2, 2, 2, 8, 0, 8);

describe('rings', () => {
  it('have a positive area counter-clockwise, wherever they begin and lie', () => {
    fc.assert(
      fc.property(fc.nat(11), fc.integer({ min: -1.5e9, max: 1.5e9 }), (start, offset) => {
        const turned = Int32Array.from(comb, (_, k) => comb[(k + 2 * start) % comb.length]! + offset);
        expect(doubleArea(turned)).toBe(2 * (80 - 24));
        expect(doubleArea(reversed(turned))).toBe(-2 * (80 - 24));
      }),
    );
  });

  it('keep their first node when reversed, and come back', () => {
    expect([...reversed(square)]).toEqual([0, 0, 0, 10, 10, 10, 10, 0]);
    expect([...reversed(reversed(comb))]).toEqual([...comb]);
  });

  it('know inside, border and outside at every node of a comb', () => {
    const inComb = (x: number, y: number) => {
      const between = (v: number, a: number, b: number) => v > a && v < b;
      const within = (v: number, a: number, b: number) => v >= a && v <= b;
      const teeth = [0, 4, 8];
      const closed = (within(x, 0, 10) && within(y, 0, 2)) || teeth.some((t) => within(x, t, t + 2) && within(y, 0, 8));
      const open =
        (between(x, 0, 10) && between(y, 0, 2)) || teeth.some((t) => between(x, t, t + 2) && between(y, 0, 8));
      return open ? 1 : closed ? 0 : -1;
    };
    for (let x = -1; x <= 11; x += 0.5) {
      for (let y = -1; y <= 9; y += 0.5) {
        expect([x, y, sideOfRing(comb, x, y)]).toEqual([x, y, inComb(x, y)]);
        expect(sideOfRing(reversed(comb), x, y)).toBe(inComb(x, y));
      }
    }
  });

  it('leave their holes out, borders of holes not', () => {
    const holed = [square, reversed(ring(4, 4, 6, 4, 6, 6, 4, 6))];
    expect(sideOfPolygon(holed, 5, 5)).toBe(-1);
    expect(sideOfPolygon(holed, 4, 5)).toBe(0);
    expect(sideOfPolygon(holed, 3, 5)).toBe(1);
    expect(sideOfPolygon(holed, 10, 5)).toBe(0);
  });

  it('have a box, if there are any', () => {
    expect(boxOf([[square], [ring(-5, 3, -4, 3, -4, 20)]])).toEqual([-5, 0, 10, 20]);
    expect(() => boxOf([])).toThrow(RangeError);
  });
});
