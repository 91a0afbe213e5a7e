/**
 * Where the points of one office are drawn. Many workers report at one office: at close zoom they stand in a spiral
 * around it, in pixels, so that each can be seen and pointed at; from afar the office is one disc with a number.
 */

/** Pixels between neighbours of a spiral. */
const STEP = 7.5;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

/**
 * Offset in CSS pixels of the i-th point; the same i always stands at the same place. The first ring is left free for
 * the office itself.
 */
export function spiral(i: number): readonly [x: number, y: number] {
  const r = STEP * Math.sqrt(i + 1.2);
  const a = i * GOLDEN_ANGLE;
  return [r * Math.cos(a), r * Math.sin(a)];
}

export interface Place<T> {
  readonly lon: number;
  readonly lat: number;
  readonly points: readonly T[];
}

/** Groups points that share a place (to about 1 m), in order of first appearance. */
export function byPlace<T extends { readonly lon: number; readonly lat: number }>(points: readonly T[]): Place<T>[] {
  const places = new Map<string, { lon: number; lat: number; points: T[] }>();
  for (const point of points) {
    const key = `${Math.round(point.lon * 1e5)},${Math.round(point.lat * 1e5)}`;
    const place = places.get(key);
    if (place) place.points.push(point);
    else places.set(key, { lon: point.lon, lat: point.lat, points: [point] });
  }
  return [...places.values()];
}
