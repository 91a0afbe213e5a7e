/**
 * The part of a polygon in a box. Nodes stand wherever a boundary crosses the box (see `rounding`), so nothing is
 * rounded here and a border comes out the same for both its cells.
 */
import type { Polygon, Ring } from '../mesh/mesh.ts';
import { NodeIndex } from '../mesh/nodes.ts';
import { type Box, doubleArea } from '../mesh/ring.ts';
import { assemble } from './rounding.ts';

/** Polygons of the polygon's part in the box; empty where it has no land there. */
export function clipped(polygon: Polygon, box: Box): Polygon[] {
  const rings: Ring[] = [];
  let runs = 0;
  for (const ring of polygon) {
    const cut = clipRing(ring, box);
    // A ring without land is left of what lies outside and touches the box.
    if (cut.length < 6 || doubleArea(cut) === 0) continue;
    rings.push(cut);
    runs += boundaryRuns(cut, box);
  }
  if (rings.length === 0) return [];
  // One stretch along the box joins its two ends; two may lie on one another where the land between is outside.
  return runs < 2 ? [rings] : untangled(rings, box);
}

/** Sutherland and Hodgman 1974, side by side of the box. */
function clipRing(ring: Ring, [west, south, east, north]: Box): Ring {
  let points: ArrayLike<number> = ring;
  for (const [axis, limit, sign] of [
    [0, west, 1],
    [0, east, -1],
    [1, south, 1],
    [1, north, -1],
  ] as const) {
    const kept: number[] = [];
    const n = points.length;
    if (n === 0) break;
    let [px, py] = [points[n - 2]!, points[n - 1]!];
    let was = sign * ((axis === 0 ? px : py) - limit);
    for (let i = 0; i < n; i += 2) {
      const [x, y] = [points[i]!, points[i + 1]!];
      const is = sign * ((axis === 0 ? x : y) - limit);
      if ((was < 0 && is > 0) || (was > 0 && is < 0)) {
        // Only a stretch along another side of the box crosses without a node; it is level, so its corner is exact.
        const other =
          axis === 0 ? Math.round(py + ((y - py) * was) / (was - is)) : Math.round(px + ((x - px) * was) / (was - is));
        if (axis === 0) kept.push(limit, other);
        else kept.push(other, limit);
      }
      if (is >= 0) kept.push(x, y);
      [px, py, was] = [x, y, is];
    }
    points = kept;
  }
  return Int32Array.from(straightAlong(points, [west, south, east, north]));
}

/** Without the nodes that lie between, or beyond, their neighbours on the same side of the box. */
function straightAlong(points: ArrayLike<number>, [west, south, east, north]: Box): number[] {
  const kept: number[] = [];
  const idle = (ax: number, ay: number, bx: number, by: number, cx: number, cy: number): boolean =>
    (ax === bx && ay === by) ||
    (ax === bx && bx === cx && (bx === west || bx === east)) ||
    (ay === by && by === cy && (by === south || by === north));
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = [points[i]!, points[i + 1]!];
    while (kept.length >= 4 && idle(kept.at(-4)!, kept.at(-3)!, kept.at(-2)!, kept.at(-1)!, x, y)) kept.length -= 2;
    if (kept.length < 2 || kept.at(-2) !== x || kept.at(-1) !== y) kept.push(x, y);
  }
  // Where the walk closes, both ends may be idle.
  let start = 0;
  for (;;) {
    const n = kept.length - start;
    if (n < 6) break;
    const [lx, ly] = [kept.at(-2)!, kept.at(-1)!];
    const [fx, fy] = [kept[start]!, kept[start + 1]!];
    if (idle(kept.at(-4)!, kept.at(-3)!, lx, ly, fx, fy) || (lx === fx && ly === fy)) kept.length -= 2;
    else if (idle(lx, ly, fx, fy, kept[start + 2]!, kept[start + 3]!)) start += 2;
    else break;
  }
  return kept.slice(start);
}

function onSide(ax: number, ay: number, bx: number, by: number, [west, south, east, north]: Box): boolean {
  return (ax === bx && (ax === west || ax === east)) || (ay === by && (ay === south || ay === north));
}

/** In how many stretches a ring runs along the box; a ring that is the box itself has one. */
function boundaryRuns(ring: Ring, box: Box): number {
  const n = ring.length;
  let runs = 0;
  let sides = 0;
  let before = onSide(ring[n - 4]!, ring[n - 3]!, ring[n - 2]!, ring[n - 1]!, box);
  let [px, py] = [ring[n - 2]!, ring[n - 1]!];
  for (let i = 0; i < n; i += 2) {
    const is = onSide(px, py, ring[i]!, ring[i + 1]!, box);
    if (is) sides++;
    if (is && !before) runs++;
    [px, py, before] = [ring[i]!, ring[i + 1]!, is];
  }
  return runs === 0 && sides > 0 ? 1 : runs;
}

/** Cancels what rings have twice along the box, and puts together what is left. */
function untangled(rings: readonly Ring[], box: Box): Polygon[] {
  const nodes = new NodeIndex();
  const from: number[] = [];
  const to: number[] = [];
  // Stretches along the box are compared piece by piece between all nodes on it.
  const stops = rings.flatMap((ring) => onBox(ring, box));
  for (const ring of rings) {
    const n = ring.length;
    let [px, py] = [ring[n - 2]!, ring[n - 1]!];
    for (let i = 0; i < n; i += 2) {
      const [x, y] = [ring[i]!, ring[i + 1]!];
      let a = nodes.intern(px, py);
      if (onSide(px, py, x, y, box)) {
        const between = stops.filter(([sx, sy]) =>
          px === x
            ? sx === x && sy > Math.min(py, y) && sy < Math.max(py, y)
            : sy === y && sx > Math.min(px, x) && sx < Math.max(px, x),
        );
        between.sort(
          ([ax, ay], [bx, by]) => Math.abs(ax - px) + Math.abs(ay - py) - Math.abs(bx - px) - Math.abs(by - py),
        );
        for (const [sx, sy] of between) {
          const b = nodes.intern(sx, sy);
          if (a === b) continue;
          from.push(a);
          to.push(b);
          a = b;
        }
      }
      const b = nodes.intern(x, y);
      from.push(a);
      to.push(b);
      [px, py] = [x, y];
    }
  }
  return assemble(nodes, from, to);
}

function onBox(ring: Ring, [west, south, east, north]: Box): (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  for (let i = 0; i < ring.length; i += 2) {
    const [x, y] = [ring[i]!, ring[i + 1]!];
    if (x === west || x === east || y === south || y === north) found.push([x, y]);
  }
  return found;
}
