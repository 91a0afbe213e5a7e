/** From the place that a report states to the place that is stored: corrected, snapped, located, or refused by field. */
import type { Ground } from '../county/ground.ts';
import type { DivisionRow } from '../divisions/queries.ts';
import { locate } from '../grids/locate.ts';
import type { GridRow } from '../grids/queries.ts';
import type { Tiling } from '../grids/tiling.ts';
import type { FieldError } from '../http/problem.ts';
import type { StoredIncident } from './queries.ts';
import type { IncidentReport } from './schema.ts';

export type Place = Pick<
  StoredIncident,
  'precision' | 'lon' | 'lat' | 'given_crs' | 'given_lon' | 'given_lat' | 'grid_id' | 'village_code' | 'township_code'
>;

export type Stated = Pick<IncidentReport, 'point' | 'grid_code' | 'village_code' | 'township_code'>;

/** The place of a report that says nothing about it. */
export const NOWHERE: Place = {
  precision: 'unknown',
  lon: null,
  lat: null,
  given_crs: null,
  given_lon: null,
  given_lat: null,
  grid_id: null,
  village_code: null,
  township_code: null,
};

/** Whether a report says anything about its place. */
export const statesPlace = (report: Stated): boolean =>
  report.point !== undefined ||
  report.grid_code !== undefined ||
  report.village_code !== undefined ||
  report.township_code !== undefined;

/**
 * The stored place. A point decides; without one the smallest area that is stated does. Codes are checked wherever they
 * are stated, and areas that contradict each other are refused rather than one of them being dropped.
 */
export function placeOf(report: Stated, ground: Ground, tiling: Tiling): Place | readonly FieldError[] {
  const errors: FieldError[] = [];
  const refuse = (field: keyof Stated, detail: string) => {
    errors.push({ pointer: `/${field}`, detail });
    return undefined;
  };

  const grid =
    report.grid_code === undefined
      ? undefined
      : (ground.gridByCode.get(report.grid_code) ?? refuse('grid_code', '现行版次中没有这个网格编码'));
  const division = (field: 'village_code' | 'township_code', level: DivisionRow['level'], word: string) => {
    const code = report[field];
    if (code === undefined) return undefined;
    const found = ground.divisionByAnyCode.get(code);
    return found?.level === level ? found : refuse(field, `本县没有这个${word}代码`);
  };
  const village = division('village_code', 'village', '村（社区）');
  const township = division('township_code', 'township', '乡镇（街道）');

  if (report.point) {
    const { lon, lat, crs } = report.point;
    const located = locate(lon, lat, crs, tiling);
    const home = located.grid_id === null ? undefined : ground.gridById.get(located.grid_id);
    if (!home) refuse('point', '坐标纠正后不在本县任何网格内：请核对坐标和坐标系（crs）');
    if (errors.length > 0 || !home) return errors;
    const given = crs === '4490' ? null : crs;
    return {
      ...atGrid(home, ground),
      precision: 'point',
      lon: located.lon,
      lat: located.lat,
      given_crs: given,
      given_lon: given && lon,
      given_lat: given && lat,
    };
  }

  const villageOf = (g: GridRow) => ground.divisionByCode.get(g.village_code);
  if (grid && village && villageOf(grid) !== village) refuse('village_code', `网格 ${grid.code} 不属于这个村（社区）`);
  const smaller = grid ? villageOf(grid) : village;
  if (smaller && township && !townshipsOf(smaller, ground).includes(township)) {
    refuse('township_code', `${smaller.short_name}不属于这个乡镇（街道）`);
  }
  if (errors.length > 0) return errors;
  if (grid) return { ...NOWHERE, ...atGrid(grid, ground), precision: 'grid' };
  if (village) {
    return { ...NOWHERE, precision: 'village', village_code: village.code, township_code: village.parent_code };
  }
  if (township) return { ...NOWHERE, precision: 'township', township_code: township.code };
  return NOWHERE;
}

/** The unit that manages a village, and the one by whose code its code begins. */
const townshipsOf = (village: DivisionRow, ground: Ground): (DivisionRow | undefined)[] => [
  ground.divisionByCode.get(village.parent_code ?? ''),
  ground.codedTownship(village.code),
];

const atGrid = (grid: GridRow, ground: Ground) => ({
  grid_id: grid.id,
  village_code: grid.village_code,
  township_code: ground.divisionByCode.get(grid.village_code)?.parent_code ?? grid.managing_township_code,
});
