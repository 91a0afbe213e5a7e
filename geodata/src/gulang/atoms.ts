/**
 * Atoms: some 40,000 small pieces of land that the grids are put together from. An atom is a point of a triangulation
 * whose edges include the county's outline; its land is the barycentric dual: around it from the middles of its edges
 * to the centroids of its triangles. That dual never leaves the county, so nothing is ever clipped.
 */
import { Delaunay } from 'd3-delaunay';
import { ENCLAVES, SPECIAL_GRIDS, TOWNSHIPS } from './facts.ts';
import { distance, distanceToOutline, insideOutline, OUTLINE_XY, PLANE, type Point } from './frame.ts';
import { type Random, random } from './random.ts';

export interface Atoms {
  readonly points: readonly Point[];
  /** Corner atoms of the triangles inside the county, counter-clockwise. */
  readonly triangles: readonly (readonly [number, number, number])[];
  /** Neighbouring atoms: those that share an edge of such a triangle. */
  readonly neighbours: readonly (readonly number[])[];
  /** Edges of the outline, land on their left. */
  readonly outline: readonly (readonly [number, number])[];
  readonly onOutline: Uint8Array;
  /** Square metres. */
  readonly area: Float64Array;
}

/** Dense cores of the three towns that have communities: seat, radius and spacing in metres. */
export const TOWN_CORES: readonly { township: string; centre: Point; radius: number; spacing: number }[] = (
  [
    ['620622100', 2300, 115],
    ['620622103', 1500, 130],
    ['620622102', 1200, 130],
  ] as const
).map(([township, radius, spacing]) => ({
  township,
  centre: PLANE.forward(TOWNSHIPS.find((t) => t.code === township)!.seat),
  radius,
  spacing,
}));

const SEATS = TOWNSHIPS.map((t) => PLANE.forward(t.seat));
const ENCLAVE_CENTRES = Object.values(ENCLAVES).map((p) => PLANE.forward(p));
const ISLANDS = SPECIAL_GRIDS.map((s) => ({ centre: PLANE.forward(s.centre), radius: s.radius_m }));

/** Wanted distance between atoms at a point, metres: fine in towns, coarse in the desert. */
function spacingAt(p: Point): number {
  let s = Math.min(820, 380 + Math.max(0, distanceToOutline(p) - 500) * 0.5);
  for (const seat of SEATS) s = Math.min(s, 330 + Math.max(0, distance(p, seat) - 5000) * 0.06);
  for (const c of ENCLAVE_CENTRES) s = Math.min(s, 260 + Math.max(0, distance(p, c) - 1500) * 0.15);
  for (const i of ISLANDS)
    s = Math.min(s, Math.max(60, i.radius / 5) + Math.max(0, distance(p, i.centre) - i.radius) * 0.25);
  for (const c of TOWN_CORES) s = Math.min(s, c.spacing + Math.max(0, distance(p, c.centre) - c.radius) * 0.12);
  return s;
}

/** A graded quadtree, one jittered point a leaf; points close to the outline are left to the outline's own. */
function sample(uniform: Random): Point[] {
  const points: Point[] = [];
  const split = (x: number, y: number, size: number): void => {
    const centre: Point = [x + size / 2, y + size / 2];
    const spacing = spacingAt(centre);
    if (size > 1100 || size > 1.35 * spacing) {
      const half = size / 2;
      for (const [dx, dy] of [
        [0, 0],
        [half, 0],
        [0, half],
        [half, half],
      ] as const)
        split(x + dx, y + dy, half);
      return;
    }
    const p: Point = [centre[0] + (uniform() - 0.5) * size * 0.78, centre[1] + (uniform() - 0.5) * size * 0.78];
    if (insideOutline(p) && distanceToOutline(p) > 190) points.push(p);
  };
  split(-65_536, -65_536, 131_072);
  return points;
}

/** The outline's corners with points between them, at most 380 m apart. */
function densifiedOutline(): Point[] {
  return OUTLINE_XY.flatMap((a, i) => {
    const b = OUTLINE_XY[(i + 1) % OUTLINE_XY.length]!;
    const n = Math.max(1, Math.ceil(distance(a, b) / 380));
    return Array.from({ length: n }, (_, k): Point => [a[0] + ((b[0] - a[0]) * k) / n, a[1] + ((b[1] - a[1]) * k) / n]);
  });
}

/** Half a step towards the mean of the neighbours: rounder atoms, calmer borders. */
function relaxed(points: readonly Point[], fixed: number): Point[] {
  const delaunay = triangulate(points);
  return points.map((p, i) => {
    if (i < fixed) return p;
    let [x, y, n] = [0, 0, 0];
    for (const j of delaunay.neighbors(i)) {
      x += points[j]![0];
      y += points[j]![1];
      n++;
    }
    const moved: Point = [(p[0] + x / n) / 2, (p[1] + y / n) / 2];
    return insideOutline(moved) && distanceToOutline(moved) > 190 ? moved : p;
  });
}

export function layAtoms(seed: number): Atoms {
  let rim = densifiedOutline();
  const inner = sample(random(seed, 'atoms'));
  let points = relaxed([...rim, ...inner], rim.length);
  // The outline must consist of edges of the triangulation; where a chord of it is missing, its middle is added.
  for (let round = 0; ; round++) {
    const delaunay = triangulate(points);
    const missing = rim.map((_, i) => !linked(delaunay, i, (i + 1) % rim.length));
    if (!missing.includes(true)) return assemble(points, rim.length, delaunay);
    if (round === 20) throw new Error('the outline of the county cannot be triangulated');
    const interior = points.slice(rim.length);
    rim = rim.flatMap((a, i) => {
      const b = rim[(i + 1) % rim.length]!;
      return missing[i] ? [a, [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] as const] : [a];
    });
    points = [...rim, ...interior];
  }
}

const triangulate = (points: readonly Point[]): Delaunay<unknown> => new Delaunay(Float64Array.from(points.flat()));

const linked = (delaunay: Delaunay<unknown>, i: number, j: number): boolean => {
  for (const k of delaunay.neighbors(i)) if (k === j) return true;
  return false;
};

function assemble(points: readonly Point[], rim: number, delaunay: Delaunay<unknown>): Atoms {
  const triangles: [number, number, number][] = [];
  const neighbours = points.map(() => new Set<number>());
  const area = new Float64Array(points.length);
  for (let t = 0; t < delaunay.triangles.length; t += 3) {
    let [i, j, k] = [delaunay.triangles[t]!, delaunay.triangles[t + 1]!, delaunay.triangles[t + 2]!];
    const [a, b, c] = [points[i]!, points[j]!, points[k]!];
    // Only triangles that hang on the outline by all three corners can lie outside it.
    const onRim = i < rim && j < rim && k < rim;
    if (onRim && !insideOutline([(a[0] + b[0] + c[0]) / 3, (a[1] + b[1] + c[1]) / 3])) continue;
    const doubled = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
    // Rounding can span three points of one straight piece of the outline by a sliver: it is no land, and its long side
    // would be a border that leads nowhere.
    if (onRim && Math.abs(doubled) < 1) continue;
    if (doubled < 0) [j, k] = [k, j];
    triangles.push([i, j, k]);
    for (const [p, q] of [
      [i, j],
      [j, k],
      [k, i],
    ] as const) {
      neighbours[p]!.add(q);
      neighbours[q]!.add(p);
    }
    for (const p of [i, j, k]) area[p]! += Math.abs(doubled) / 6;
  }
  const onOutline = new Uint8Array(points.length);
  onOutline.fill(1, 0, rim);
  return {
    points,
    triangles,
    neighbours: neighbours.map((set) => [...set]),
    outline: Array.from({ length: rim }, (_, i) => [i, (i + 1) % rim] as const),
    onOutline,
    area,
  };
}
