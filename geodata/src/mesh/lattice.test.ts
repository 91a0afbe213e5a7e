import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crossesProperly, onSegment, orientation, toDegrees, toLattice } from './lattice.ts';

const coordinate = fc.integer({ min: -1_800_000_000, max: 1_800_000_000 });
const nearby = fc.integer({ min: 1_027_000_000, max: 1_039_000_000 });
const exact = (p: number[]): bigint => {
  const [ax, ay, bx, by, cx, cy] = p.map(BigInt) as [bigint, bigint, bigint, bigint, bigint, bigint];
  return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
};
const sign = (n: number | bigint) => (n > 0 ? 1 : n < 0 ? -1 : 0);

describe('the lattice', () => {
  it('comes back from degrees, and from their text, as the same node', () => {
    fc.assert(
      fc.property(coordinate, (k) => {
        expect(toLattice(toDegrees(k))).toBe(k);
        expect(toLattice(Number(JSON.stringify(toDegrees(k))))).toBe(k);
        expect(JSON.stringify(toDegrees(k))).toMatch(/^-?\d+(\.\d{1,7})?$|e-/);
      }),
    );
  });

  it('refuses what is no angle', () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, 180.1, 4_200_000]) {
      expect(() => toLattice(bad)).toThrow(/outside ±180°/);
    }
  });
});

describe('orientation', () => {
  it('has the exact sign, in a county and around the world', () => {
    for (const among of [nearby, coordinate]) {
      fc.assert(
        fc.property(fc.array(among, { minLength: 6, maxLength: 6 }), (p) => {
          const [ax, ay, bx, by, cx, cy] = p as [number, number, number, number, number, number];
          expect(sign(orientation(ax, ay, bx, by, cx, cy))).toBe(sign(exact(p)));
        }),
      );
    }
  });

  it('has the exact sign where products of floats would round it away', () => {
    // Neighbouring Fibonacci numbers: the triangle's doubled area is 1, its products are 3e17.
    const [f42, f43, f44] = [267_914_296, 433_494_437, 701_408_733];
    expect(f44 * f42 - f43 * f43).not.toBe(Number(BigInt(f44) * BigInt(f42) - BigInt(f43) * BigInt(f43)));
    expect(sign(orientation(0, 0, f44, f43, f43, f42))).toBe(sign(exact([0, 0, f44, f43, f43, f42])));
    expect(orientation(5, 5, 5 + f44, 5 + f43, 5 + f43, 5 + f42)).not.toBe(0);
    expect(orientation(0, 0, f43, f42, f44, f43)).toBe(-orientation(0, 0, f44, f43, f43, f42));
  });

  it('tells a node one centimetre off a line of 100 km from one on it', () => {
    const [ax, ay] = [1_027_000_000, 371_000_000];
    const [dx, dy] = [11_000_000, 7_000_000];
    expect(orientation(ax, ay, ax + dx, ay + dy, ax + dx / 2, ay + dy / 2)).toBe(0);
    expect(orientation(ax, ay, ax + dx, ay + dy, ax + dx / 2, ay + dy / 2 + 1)).toBeGreaterThan(0);
    expect(orientation(ax, ay, ax + dx, ay + dy, ax + dx / 2, ay + dy / 2 - 1)).toBeLessThan(0);
  });
});

describe('segments', () => {
  it('hold their ends and the nodes between, not those beyond', () => {
    expect([0, 3, 6, 7].map((k) => onSegment(0, 0, 6, 6, k, k))).toEqual([true, true, true, false]);
    expect(onSegment(0, 0, 6, 6, 3, 4)).toBe(false);
  });

  it('cross properly only inside both', () => {
    expect(crossesProperly(0, 0, 4, 4, 0, 4, 4, 0)).toBe(true);
    expect(crossesProperly(0, 0, 4, 4, 2, 2, 4, 0)).toBe(false);
    expect(crossesProperly(0, 0, 4, 4, 4, 4, 8, 0)).toBe(false);
    expect(crossesProperly(0, 0, 4, 4, 1, 1, 3, 3)).toBe(false);
  });
});
