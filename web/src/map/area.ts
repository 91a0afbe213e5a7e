/** Rings, extents and masks of areas, as the map needs them. Coordinates are `[lon, lat]` in degrees. */
import type { Feature, MultiPolygon, Polygon, Position } from 'geojson';
import polylabel from 'polylabel';
import type { Bounds, DivisionFeatures, GridFeatures, Selection } from './contract.ts';

export type AreaGeometry = Polygon | MultiPolygon;

export const polygonsOf = (geometry: AreaGeometry): Position[][][] =>
  geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;

/** @returns null for a geometry without a point. */
export function boundsOf(geometries: Iterable<AreaGeometry>): Bounds | null {
  let [w, s, e, n] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const geometry of geometries) {
    for (const polygon of polygonsOf(geometry)) {
      for (const [lon, lat] of polygon[0] ?? []) {
        w = Math.min(w, lon!);
        e = Math.max(e, lon!);
        s = Math.min(s, lat!);
        n = Math.max(n, lat!);
      }
    }
  }
  return w <= e ? [w, s, e, n] : null;
}

/** Twice the signed area in square degrees; enough to tell which ring is larger. */
function ringSize(ring: readonly Position[]): number {
  let sum = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    sum += ring[j]![0]! * ring[i]![1]! - ring[i]![0]! * ring[j]![1]!;
  }
  return Math.abs(sum);
}

/** Place of a label: deep inside the largest part, where the most letters fit, never in a hole or an enclave's gap. */
export function labelPoint(geometry: AreaGeometry): Position {
  let largest: Position[][] = [];
  let size = -1;
  for (const polygon of polygonsOf(geometry)) {
    const area = ringSize(polygon[0] ?? []);
    if (area > size) [largest, size] = [polygon, area];
  }
  // Letters run sideways and a degree of longitude is shorter than one of latitude: measure in a frame that knows both.
  const lat0 = largest[0]?.[0]?.[1] ?? 0;
  const kx = Math.cos((lat0 * Math.PI) / 180) * 0.7;
  const local = largest.map((ring) => ring.map(([lon, lat]): [number, number] => [lon! * kx, lat!]));
  const [x, y] = polylabel(local, Math.sqrt(size) / 100);
  return [x / kx, y];
}

/** The features that make up a selected area; empty when the data does not hold it. */
export function selectedGeometries(
  grids: GridFeatures,
  divisions: DivisionFeatures,
  selected: Selection,
): AreaGeometry[] {
  const from = selected.level === 'grid' ? grids.features : divisions.features;
  const found = from.filter((f) => f.properties.code === selected.code).map((f) => f.geometry);
  return found.length === 0 && selected.level === 'county' ? grids.features.map((f) => f.geometry) : found;
}

const WORLD: Position[] = [
  [-180, -85],
  [180, -85],
  [180, 85],
  [-180, 85],
  [-180, -85],
];

/** Everything but the area: the world with the area's rings as holes, and what lies in the area's own holes. */
export function outside(area: readonly AreaGeometry[]): Feature<MultiPolygon> {
  const polygons = area.flatMap(polygonsOf);
  const cut = [WORLD, ...polygons.map((polygon) => polygon[0]!)];
  const islands = polygons.flatMap((polygon) => polygon.slice(1).map((hole) => [hole]));
  return {
    type: 'Feature',
    properties: {},
    geometry: { type: 'MultiPolygon', coordinates: area.length === 0 ? [] : [cut, ...islands] },
  };
}

/**
 * The county's own line: the edges that only one grid has. Exact, because neighbours hold the same nodes; needed where
 * the divisions carry no county polygon.
 */
export function outerEdges(grids: GridFeatures): Position[][] {
  const edges = new Map<string, [Position, Position] | null>();
  for (const { geometry } of grids.features) {
    for (const ring of polygonsOf(geometry).flat()) {
      for (let i = 1; i < ring.length; i++) {
        const [a, b] = [ring[i - 1]!, ring[i]!];
        const forward = `${a[0]},${a[1]};${b[0]},${b[1]}`;
        const backward = `${b[0]},${b[1]};${a[0]},${a[1]}`;
        if (edges.has(backward)) edges.set(backward, null);
        else edges.set(forward, [a, b]);
      }
    }
  }
  return chain([...edges.values()].filter((edge) => edge !== null));
}

/** Joins directed edges end to end, so that a line is drawn with joins instead of thousands of loose strokes. */
function chain(edges: readonly (readonly [Position, Position])[]): Position[][] {
  const next = new Map<string, Position[]>();
  for (const [a, b] of edges) {
    const key = String(a);
    const out = next.get(key);
    if (out) out.push(b);
    else next.set(key, [b]);
  }
  const lines: Position[][] = [];
  for (const [a] of edges) {
    let to = next.get(String(a))?.pop();
    if (!to) continue;
    const line = [a, to];
    for (to = next.get(String(to))?.pop(); to; to = next.get(String(to))?.pop()) line.push(to);
    lines.push(line);
  }
  return lines;
}
