/**
 * The 1e-7° lattice (about 1 cm). `k / 1e7` survives GeoJSON, WKT and float8 and comes back as the same k.
 */

/** Lattice units in a degree. */
export const UNITS = 1e7;

/** Degrees to lattice units, rounded to the nearest node. */
export const toLattice = (degrees: number): number => Math.round(degrees * UNITS);

/** Lattice units to degrees, with at most 7 decimals. */
export const toDegrees = (units: number): number => units / UNITS;

/**
 * Twice the signed area of the triangle a, b, c in lattice units: positive where c lies left of a → b, zero exactly
 * where the three are collinear. Exact while the points lie within 4.7° of each other: both products then stay below
 * 2^53, which holds inside any county.
 */
export const orientation = (ax: number, ay: number, bx: number, by: number, cx: number, cy: number): number =>
  (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);

/** A node's identity, for maps and sets. */
export const nodeKey = (x: number, y: number): string => `${x},${y}`;
