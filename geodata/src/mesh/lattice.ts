/**
 * The 1e-7° lattice: every coordinate of a mesh is an integer count of 1e-7 degrees, so that equality and orientation
 * are exact and a coordinate survives GeoJSON, WKT and float8 unchanged.
 */

/** Lattice units in one degree; one unit is about 1.1 cm of latitude. */
export const UNITS = 1e7;

/**
 * Nearest lattice coordinate of an angle in degrees.
 * @throws RangeError when the angle is not finite or outside ±180°.
 */
export function toLattice(degrees: number): number {
  if (!(Math.abs(degrees) <= 180)) throw new RangeError(`A coordinate of ${degrees}° is outside ±180°; give degrees.`);
  return Math.round(degrees * UNITS);
}

/** The angle in degrees of a lattice coordinate; prints with at most 7 decimals. */
export function toDegrees(k: number): number {
  return k / UNITS;
}

/** Two factors up to this size have a product that float64 holds exactly (2^53). About 9.49°. */
const EXACT_FACTOR = 94_906_265;

/**
 * Which side of the directed line a → b the point c lies on: positive left, negative right, 0 on the line.
 * The sign is exact for integer arguments: differences are taken first, so products stay below 2^53 within 9.49° and
 * are taken as bigints beyond.
 */
export function orientation(ax: number, ay: number, bx: number, by: number, cx: number, cy: number): number {
  const ux = bx - ax;
  const uy = by - ay;
  const vx = cx - ax;
  const vy = cy - ay;
  if (Math.max(Math.abs(ux), Math.abs(uy), Math.abs(vx), Math.abs(vy)) <= EXACT_FACTOR) {
    // Each product is exact, and subtraction of two exact numbers never rounds to the wrong sign.
    return ux * vy - uy * vx;
  }
  return Number(BigInt(ux) * BigInt(vy) - BigInt(uy) * BigInt(vx));
}

/** Whether the point lies on the closed segment a–b; exact for integers. */
export function onSegment(ax: number, ay: number, bx: number, by: number, px: number, py: number): boolean {
  return (
    px >= Math.min(ax, bx) &&
    px <= Math.max(ax, bx) &&
    py >= Math.min(ay, by) &&
    py <= Math.max(ay, by) &&
    orientation(ax, ay, bx, by, px, py) === 0
  );
}

/** Whether segments a–b and c–d cross in a point that is interior to both; exact for integers. */
export function crossesProperly(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  dx: number,
  dy: number,
): boolean {
  const c = orientation(ax, ay, bx, by, cx, cy);
  const d = orientation(ax, ay, bx, by, dx, dy);
  if (!((c > 0 && d < 0) || (c < 0 && d > 0))) return false;
  const a = orientation(cx, cy, dx, dy, ax, ay);
  const b = orientation(cx, cy, dx, dy, bx, by);
  return (a > 0 && b < 0) || (a < 0 && b > 0);
}
