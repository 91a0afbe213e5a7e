import geodesic from 'geographiclib-geodesic';
import { toDegrees } from '../mesh/lattice.ts';
import type { Polygon, Ring } from '../mesh/mesh.ts';

const { Geodesic } = geodesic;

const ringArea = (ring: Ring): number => {
  const polygon = Geodesic.WGS84.Polygon(false);
  for (let i = 0; i < ring.length; i += 2) polygon.AddPoint(toDegrees(ring[i + 1]!), toDegrees(ring[i]!));
  return polygon.Compute(false, true).area ?? 0;
};

/**
 * Geodesic area on the WGS 84 ellipsoid, square metres; holes count negative by their orientation. Equal to PostGIS'
 * `ST_Area(geography)` (C. Karney, Algorithms for geodesics, 2013).
 */
export const geodesicArea = (polygons: readonly Polygon[]): number =>
  polygons.reduce((sum, rings) => sum + rings.reduce((part, ring) => part + ringArea(ring), 0), 0);
