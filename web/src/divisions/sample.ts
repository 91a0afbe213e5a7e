/** A township with round figures, for tests. */
import type { Totals } from '@wangge/api/county/schema';
import type { AreaNode } from './areas.ts';

export const TOTALS: Totals = {
  grids: { total: 38, community: 7, rural: 29, special: 2 },
  area_km2: 370,
  households: 12_000,
  population: 38_000,
  reports: { total: 1418, collection: 991, event: 221, dispute: 206, unlocated: 12 },
  disputes: { total: 206, resolved: 202 },
  open: { total: 57, of: 427 },
  by_category: { road: 709, family: 206 },
  staff: null,
  coverage: { own: 34, shared: 2, vacant: 2, unknown: 0 },
  centres: 28,
};

export const sampleArea = (patch: Partial<Totals> = {}, rest: Partial<Omit<AreaNode, 'totals'>> = {}): AreaNode => ({
  code: '620622103',
  name: '大靖镇',
  name_en: 'Dajing Town',
  level: 'township',
  parent: null,
  children: [],
  ...rest,
  totals: { ...TOTALS, ...patch },
});
