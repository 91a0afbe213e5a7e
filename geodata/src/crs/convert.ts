import gcoord from 'gcoord';
import type { LonLat } from '../county/county.ts';

/** 4490: CGCS2000, which equals WGS 84 to decimetres. gcj02: phones and AMap. bd09: Baidu. */
export const COORDINATE_SYSTEMS = ['4490', 'gcj02', 'bd09'] as const;
export type CoordinateSystem = (typeof COORDINATE_SYSTEMS)[number];

const NAMES = { gcj02: gcoord.GCJ02, bd09: gcoord.BD09 } as const;

/** `[lon, lat]` degrees to CGCS2000 / WGS 84. The two Chinese systems are inverted numerically, to 0.3 m. */
export function toWgs84(point: LonLat, crs: CoordinateSystem): LonLat {
  return crs === '4490' ? point : gcoord.transform<[number, number]>([point[0], point[1]], NAMES[crs], gcoord.WGS84);
}

/** `[lon, lat]` degrees of CGCS2000 / WGS 84 to another system, e.g. to open a place in a phone's map. */
export function fromWgs84(point: LonLat, crs: CoordinateSystem): LonLat {
  return crs === '4490' ? point : gcoord.transform<[number, number]>([point[0], point[1]], gcoord.WGS84, NAMES[crs]);
}
