import gcoord from 'gcoord';
import type { LonLat } from '../county/county.ts';

/** 4490: CGCS2000, which equals WGS 84 to decimetres. gcj02: phones and AMap. bd09: Baidu. */
export const COORDINATE_SYSTEMS = ['4490', 'gcj02', 'bd09'] as const;
export type CoordinateSystem = (typeof COORDINATE_SYSTEMS)[number];

/** `[lon, lat]` degrees to CGCS2000 / WGS 84. The two Chinese systems are inverted numerically, to well below a metre. */
export function toWgs84(point: LonLat, crs: CoordinateSystem): LonLat {
  if (crs === '4490') return point;
  const [lon, lat] = gcoord.transform(
    [point[0], point[1]],
    crs === 'gcj02' ? gcoord.AMap : gcoord.BD09,
    gcoord.WGS84,
  ) as [number, number];
  return [lon, lat];
}
