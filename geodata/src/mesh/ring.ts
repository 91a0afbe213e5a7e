import { orientation } from './lattice.ts';
import type { Ring } from './mesh.ts';

/**
 * Twice the signed area of a ring in square lattice units: positive for counter-clockwise. Taken relative to the first
 * node; beyond some hundred kilometres its last digits round, its sign does not for a ring that has an area at all.
 */
export function doubleArea(ring: Ring): number {
  const ox = ring[0] ?? 0;
  const oy = ring[1] ?? 0;
  let sum = 0;
  for (let i = 2; i + 3 < ring.length; i += 2) {
    sum += orientation(ox, oy, ring[i]!, ring[i + 1]!, ring[i + 2]!, ring[i + 3]!);
  }
  return sum;
}

/** The same ring the other way round, beginning with the same node. */
export function reversed(ring: Ring): Ring {
  const out = new Int32Array(ring.length);
  const n = ring.length / 2;
  for (let i = 0; i < n; i++) {
    const from = i === 0 ? 0 : n - i;
    out[2 * i] = ring[2 * from]!;
    out[2 * i + 1] = ring[2 * from + 1]!;
  }
  return out;
}

export type RingSide = 'inside' | 'outside' | 'border';

/** Where a lattice point lies with regard to a ring; exact. */
export function sideOfRing(ring: Ring, x: number, y: number): RingSide {
  let inside = false;
  let ax = ring[ring.length - 2]!;
  let ay = ring[ring.length - 1]!;
  for (let i = 0; i < ring.length; i += 2) {
    const bx = ring[i]!;
    const by = ring[i + 1]!;
    if (ay > y !== by > y) {
      const turn = orientation(ax, ay, bx, by, x, y);
      if (turn === 0) return 'border';
      // Crossing to the right of the point: up-going edges have it on their left, down-going ones on their right.
      if (by > ay ? turn > 0 : turn < 0) inside = !inside;
    } else if (y === by && (x === bx || (y === ay && x <= Math.max(ax, bx) && x >= Math.min(ax, bx)))) {
      return 'border';
    } else if (y === ay && x === ax) {
      return 'border';
    }
    ax = bx;
    ay = by;
  }
  return inside ? 'inside' : 'outside';
}
