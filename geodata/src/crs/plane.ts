/** A local plane: equirectangular around a point, true to about 1 in 1,000 over a county. */
import type { LonLat } from '../county/county.ts';

export interface Plane {
  /** `[lon, lat]` degrees to `[x, y]` metres east and north of the origin. */
  forward(point: LonLat): readonly [x: number, y: number];
  /** `[x, y]` metres to `[lon, lat]` degrees. */
  inverse(point: readonly [x: number, y: number]): LonLat;
}

/** Metres of a degree of latitude and longitude on the WGS 84 ellipsoid at a latitude, by the usual series. */
export function metresPerDegree(lat: number): { lon: number; lat: number } {
  const phi = (lat * Math.PI) / 180;
  return {
    lon: 111412.84 * Math.cos(phi) - 93.5 * Math.cos(3 * phi) + 0.118 * Math.cos(5 * phi),
    lat: 111132.92 - 559.82 * Math.cos(2 * phi) + 1.175 * Math.cos(4 * phi),
  };
}

export function localPlane(lon0: number, lat0: number): Plane {
  const k = metresPerDegree(lat0);
  return {
    forward: ([lon, lat]) => [(lon - lon0) * k.lon, (lat - lat0) * k.lat],
    inverse: ([x, y]) => [lon0 + x / k.lon, lat0 + y / k.lat],
  };
}
