import type { LonLat } from '@wangge/geodata/county/county';
import { type CoordinateSystem, toWgs84 } from '@wangge/geodata/crs/convert';
import { localPlane } from '@wangge/geodata/crs/plane';
import { toDegrees, toLattice } from '@wangge/geodata/mesh/lattice';
import type { Ground } from '../county/ground.ts';
import type { LocateAnswer } from './schema.ts';
import type { Tiling } from './tiling.ts';

export interface Located {
  /** Lattice coordinates of 1e-7°, WGS 84. */
  readonly lon: number;
  readonly lat: number;
  /** Null outside the county. */
  readonly grid_id: number | null;
}

/** The lattice point that a given point means, and the grid in which it lies. */
export function locate(lon: number, lat: number, crs: CoordinateSystem, tiling: Tiling): Located {
  const [x, y] = toWgs84([lon, lat], crs).map((degrees) => (Math.abs(degrees) <= 180 ? toLattice(degrees) : null)) as [
    number | null,
    number | null,
  ];
  // Correcting a point at the edge of the world may carry it over; it is in no county.
  if (x === null || y === null) return { lon: toLattice(lon), lat: toLattice(lat), grid_id: null };
  return { lon: x, lat: y, grid_id: tiling.locate(x, y) };
}

/** The answer of `/api/locate`. */
export function locateAnswer(ground: Ground, tiling: Tiling, given: LocateAnswer['given']): LocateAnswer {
  const { lon, lat, grid_id } = locate(given.lon, given.lat, given.crs, tiling);
  const point = { lon: toDegrees(lon), lat: toDegrees(lat) };
  const grid = grid_id === null ? undefined : ground.gridById.get(grid_id);
  const township = grid && ground.codedTownship(grid.village_code);
  return {
    point,
    given,
    shift_m: Math.round(metresBetween([given.lon, given.lat], [point.lon, point.lat]) * 100) / 100,
    grid:
      grid && township
        ? {
            id: grid.id,
            code: grid.code,
            name: grid.name,
            class: grid.class,
            village_code: grid.village_code,
            village_name: ground.divisionByCode.get(grid.village_code)!.short_name,
            township_code: township.code,
            township_name: township.short_name,
            managing_township_code: grid.managing_township_code,
          }
        : null,
    edition: ground.version.edition,
  };
}

/** Between points less than a kilometre apart, where a plane is exact to a millimetre. */
function metresBetween(a: LonLat, b: LonLat): number {
  const [x, y] = localPlane(a[0], a[1]).forward(b);
  return Math.hypot(x, y);
}
