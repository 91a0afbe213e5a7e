/** The plane in which the county is laid out, and its outline there. Metres east and north of 103.3° E, 37.5° N. */
import { localPlane } from '../crs/plane.ts';
import { OUTLINE } from './facts.ts';

export type Point = readonly [x: number, y: number];

export const PLANE = localPlane(103.3, 37.5);
export const OUTLINE_XY: readonly Point[] = OUTLINE.map((p) => PLANE.forward(p));

export const distance = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1]);

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
export function distanceToOutline(p: Point): number {
  let least = Infinity;
  for (let i = 0; i < OUTLINE_XY.length; i++) {
    const a = OUTLINE_XY[i]!;
    const b = OUTLINE_XY[(i + 1) % OUTLINE_XY.length]!;
    const dx = b[0] - a[0];
    const dy = b[1] - a[1];
    const t = Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy)));
    least = Math.min(least, Math.hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy));
  }
  return least;
}
