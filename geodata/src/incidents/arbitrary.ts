/** Incident records for property tests. */
import fc from 'fast-check';
import type { Division, Grid } from '../county/county.ts';
import { toDegrees } from '../mesh/lattice.ts';
import type { Dictionary, IncidentRecord } from './build.ts';
import { KINDS, STATES, URGENCIES } from './incident.ts';

/** A county, two townships, three villages; v3's grids are 30 and 31. */
export const DIVISIONS: readonly Pick<Division, 'code' | 'parent_code'>[] = [
  { code: 'c', parent_code: null },
  { code: 't1', parent_code: 'c' },
  { code: 't2', parent_code: 'c' },
  { code: 'v1', parent_code: 't1' },
  { code: 'v2', parent_code: 't1' },
  { code: 'v3', parent_code: 't2' },
];
export const GRIDS: readonly Pick<Grid, 'id' | 'village_code'>[] = [
  { id: 10, village_code: 'v1' },
  { id: 20, village_code: 'v2' },
  { id: 30, village_code: 'v3' },
  { id: 31, village_code: 'v3' },
];
export const PLACES = { divisions: DIVISIONS, grids: GRIDS };
export const DICTIONARY: Dictionary = {
  areas: DIVISIONS.map((d) => d.code),
  categories: ['dispute', 'traffic', 'other'],
};

/** Few distinct seconds, so that ties are common. */
const instant = fc.integer({ min: 1_700_000_000, max: 1_700_000_040 }).map((s) => new Date(s * 1000 + 250));

const place = fc.oneof(
  fc
    .record({
      grid: fc.constantFrom(...GRIDS),
      lon: fc.integer({ min: -1_800_000_000, max: 1_800_000_000 }),
      lat: fc.integer({ min: -900_000_000, max: 900_000_000 }),
      exact: fc.boolean(),
    })
    .map(({ grid, lon, lat, exact }) => ({
      point: exact ? ([toDegrees(lon), toDegrees(lat)] as const) : null,
      grid_id: grid.id,
      village_code: grid.village_code,
      township_code: DIVISIONS.find((d) => d.code === grid.village_code)!.parent_code,
    })),
  fc.constantFrom('v1', 'v2', 'v3').map((code) => ({ ...NOWHERE, village_code: code })),
  fc.constantFrom('t1', 't2').map((code) => ({ ...NOWHERE, township_code: code })),
  fc.constant({ point: null, grid_id: null, village_code: null, township_code: null }),
);
const NOWHERE = { point: null, grid_id: null, village_code: null, township_code: null };

export const record = (id: number): fc.Arbitrary<IncidentRecord> =>
  fc
    .record({
      kind: fc.constantFrom(...KINDS),
      category: fc.constantFrom(...DICTIONARY.categories),
      urgency: fc.constantFrom(...URGENCIES),
      state: fc.constantFrom(...STATES),
      occurred_at: instant,
      place,
    })
    .map(({ place: where, ...rest }) => ({ id, ...rest, ...where }));

/** Records with distinct ids of 1 to 60, in any order. */
export const records: fc.Arbitrary<IncidentRecord[]> = fc
  .uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 40 })
  .chain((ids) => fc.tuple(...ids.map(record)));
