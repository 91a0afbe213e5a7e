/** The demonstration county as a whole: everything follows from a seed and the anchor day. */
import type { Category, County, CountyProfile, IsoDay } from '../county/county.ts';
import { gulangCentres } from './centres.ts';
import { gulangDwellings, villageOffices } from './dwellings.ts';
import { COUNTY } from './facts.ts';
import { CATEGORIES } from './incidents/categories.ts';
import { gulangStaff } from './staff.ts';
import { CODE_SCHEME, gulangTiling } from './tiling.ts';

/** The county's division code: an ordinary number, chosen once so that everyone sees the same demonstration. */
export const SEED = 620622;

export const GULANG_PROFILE: CountyProfile = {
  code: COUNTY.code,
  name: COUNTY.name,
  name_en: COUNTY.name_en,
  time_zone: 'Asia/Shanghai',
  code_scheme: CODE_SCHEME,
  source_line: '按2023年报道总量模拟',
  synthetic: true,
  categories: CATEGORIES satisfies readonly Category[],
};

export interface Origin {
  readonly seed: number;
  /** Last day of the reporting year. */
  readonly anchor: IsoDay;
}

/** Takes some seconds; the incidents come from `incidents/year` and `incidents/day`. */
export function gulangCounty({ seed, anchor }: Origin): County {
  const { divisions: laidOut, grids, mesh } = gulangTiling(seed);
  const dwellings = gulangDwellings({ divisions: laidOut, grids, mesh }, seed);
  const offices = villageOffices(dwellings);
  const divisions = laidOut.map((d) => (d.level === 'village' ? { ...d, seat: offices.get(d.code) ?? null } : d));
  return {
    profile: GULANG_PROFILE,
    divisions,
    grids,
    mesh,
    dwellings,
    staff: gulangStaff({ grids, dwellings }, { seed, anchor }),
    centres: gulangCentres(divisions),
  };
}
