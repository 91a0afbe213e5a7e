/** Grids that share a border. The tiling has shared nodes, so a shared border is a shared edge, compared exactly. */
import type { GridFeatures } from '../map/contract.ts';

const rings = (feature: GridFeatures['features'][number]): number[][][] =>
  feature.geometry.type === 'Polygon' ? feature.geometry.coordinates : feature.geometry.coordinates.flat();

/** Codes of the grids that share at least one edge with the grid of `code`, ascending. */
export function neighboursOf(grids: GridFeatures, code: string): string[] {
  const centre = grids.features.find((feature) => feature.properties.code === code);
  if (centre === undefined) return [];
  const edges = new Set<string>();
  for (const ring of rings(centre)) {
    for (let i = 1; i < ring.length; i++) edges.add(edge(ring[i - 1]!, ring[i]!));
  }
  return grids.features
    .filter((feature) => feature !== centre && rings(feature).some((ring) => shares(ring, edges)))
    .map((feature) => feature.properties.code)
    .sort();
}

function shares(ring: number[][], edges: ReadonlySet<string>): boolean {
  for (let i = 1; i < ring.length; i++) if (edges.has(edge(ring[i - 1]!, ring[i]!))) return true;
  return false;
}

/** The same text in both directions. */
function edge(a: number[], b: number[]): string {
  const first = `${a[0]},${a[1]}`;
  const second = `${b[0]},${b[1]}`;
  return first < second ? `${first} ${second}` : `${second} ${first}`;
}

/** `[west, south, east, north]` in degrees. */
export function boundsOf(feature: GridFeatures['features'][number]): [number, number, number, number] {
  const box: [number, number, number, number] = [180, 90, -180, -90];
  for (const ring of rings(feature)) {
    for (const [lon, lat] of ring as [number, number][]) {
      box[0] = Math.min(box[0], lon);
      box[1] = Math.min(box[1], lat);
      box[2] = Math.max(box[2], lon);
      box[3] = Math.max(box[3], lat);
    }
  }
  return box;
}
