import { toDegrees } from './lattice.ts';
import type { Polygon, Ring } from './mesh.ts';

const ringText = (ring: Ring): string => {
  const nodes: string[] = [];
  for (let i = 0; i < ring.length; i += 2) nodes.push(`${toDegrees(ring[i]!)} ${toDegrees(ring[i + 1]!)}`);
  nodes.push(nodes[0]!);
  return `(${nodes.join(',')})`;
};

/** `SRID=4326;MULTIPOLYGON(…)`, longitude before latitude, as PostGIS reads it. */
export const polygonsEwkt = (polygons: readonly Polygon[]): string =>
  `SRID=4326;MULTIPOLYGON(${polygons.map((rings) => `(${rings.map(ringText).join(',')})`).join(',')})`;

/** `SRID=4326;POINT(lon lat)`. */
export const pointEwkt = (lon: number, lat: number): string => `SRID=4326;POINT(${lon} ${lat})`;
