/** The plane in which the county is laid out, and its outline there. Metres east and north of 103.3° E, 37.5° N. */
import { localPlane } from '../crs/plane.ts';
import { OUTLINE } from './facts.ts';

export type Point = readonly [x: number, y: number];

export const PLANE = localPlane(103.3, 37.5);
export const OUTLINE_XY: readonly Point[] = OUTLINE.map((p) => PLANE.forward(p));

/** Not by `Math.hypot`, which guards against overflow at many times the cost; this runs some million times a county. */
export const distance = (a: Point, b: Point): number => Math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2);

/** Even–odd test in the plane; used for sampling only, never for who owns a point. */
export function insideOutline([x, y]: Point): boolean {
  let inside = false;
  for (let i = 0, j = OUTLINE_XY.length - 1; i < OUTLINE_XY.length; j = i++) {
    const [ax, ay] = OUTLINE_XY[i]!;
    const [bx, by] = OUTLINE_XY[j]!;
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

/** Metres to the nearest point of the outline. */
export function distanceToOutline([x, y]: Point): number {
  let least = Infinity;
  let [ax, ay] = OUTLINE_XY[OUTLINE_XY.length - 1]!;
  for (const [bx, by] of OUTLINE_XY) {
    const dx = bx - ax;
    const dy = by - ay;
    const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
    const ex = x - ax - t * dx;
    const ey = y - ay - t * dy;
    least = Math.min(least, ex * ex + ey * ey);
    ax = bx;
    ay = by;
  }
  return Math.sqrt(least);
}
