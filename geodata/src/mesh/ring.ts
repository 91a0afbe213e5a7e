/** Measures of one ring on the lattice. Exact for integer nodes within a few degrees. */
import { onSegment } from './lattice.ts';
import type { Polygon, Ring } from './mesh.ts';

/**
 * Twice the signed area in square lattice units, positive for a counter-clockwise ring. A measure of orientation and of
 * which ring is larger, not of land: a unit of longitude is shorter than one of latitude (see `crs/area`).
 */
export function doubleArea(ring: Ring): number {
  const n = ring.length;
  if (n < 6) return 0;
  // Relative to the first node, which keeps the products small and the sum exact.
  const x0 = ring[0]!;
  const y0 = ring[1]!;
  let sum = 0;
  for (let i = 2; i + 3 < n; i += 2) {
    sum += (ring[i]! - x0) * (ring[i + 3]! - y0) - (ring[i + 2]! - x0) * (ring[i + 1]! - y0);
  }
  return sum;
}

/** The ring walked the other way, from the same first node. */
export function reversed(ring: Ring): Ring {
  const n = ring.length;
  const out = new Int32Array(n);
  for (let i = 0; i < n; i += 2) {
    const j = i === 0 ? 0 : n - i;
    out[i] = ring[j]!;
    out[i + 1] = ring[j + 1]!;
  }
  return out;
}

/** 1 strictly inside the ring, 0 on it, -1 outside. Even-odd rule; exact for integer arguments and half-integers. */
export function sideOfRing(ring: Ring, x: number, y: number): -1 | 0 | 1 {
  const n = ring.length;
  let inside = false;
  let ax = ring[n - 2]!;
  let ay = ring[n - 1]!;
  for (let i = 0; i < n; i += 2) {
    const bx = ring[i]!;
    const by = ring[i + 1]!;
    if (ay > y !== by > y) {
      // The edge spans the point's latitude: is its crossing to the east of the point?
      const side = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
      if (side === 0) return 0;
      if (side > 0 === by > ay) inside = !inside;
    } else if ((ay === y || by === y) && onSegment(ax, ay, bx, by, x, y)) {
      return 0;
    }
    ax = bx;
    ay = by;
  }
  return inside ? 1 : -1;
}

/** 1 strictly inside the polygon, 0 on its boundary, -1 outside or in a hole. */
export function sideOfPolygon(polygon: Polygon, x: number, y: number): -1 | 0 | 1 {
  const outer = sideOfRing(polygon[0]!, x, y);
  if (outer <= 0) return outer;
  for (let i = 1; i < polygon.length; i++) {
    const hole = sideOfRing(polygon[i]!, x, y);
    if (hole >= 0) return hole === 0 ? 0 : -1;
  }
  return 1;
}

/** [west, south, east, north] of rings, in lattice units. */
export type Box = readonly [west: number, south: number, east: number, north: number];

/** @throws RangeError when there is no node at all. */
export function boxOf(polygons: readonly Polygon[]): Box {
  let west = Number.POSITIVE_INFINITY;
  let south = Number.POSITIVE_INFINITY;
  let east = Number.NEGATIVE_INFINITY;
  let north = Number.NEGATIVE_INFINITY;
  for (const polygon of polygons) {
    const outer = polygon[0]!;
    for (let i = 0; i < outer.length; i += 2) {
      west = Math.min(west, outer[i]!);
      east = Math.max(east, outer[i]!);
      south = Math.min(south, outer[i + 1]!);
      north = Math.max(north, outer[i + 1]!);
    }
  }
  if (west > east) throw new RangeError('No nodes: a box needs at least one ring.');
  return [west, south, east, north];
}
