/** What the grids are coloured and the tree's bars are drawn by. */
import type { Totals } from '@wangge/api/county/schema';
import { isShown, shareOf } from '@wangge/geodata/incidents/suppress';
import type { CoverageClass } from '../map/contract.ts';

/** In the order of the switch. `per1000`: reports per 1,000 households 常住. `staff`: workers on post of all kinds. */
export const MEASURES = ['reports', 'per1000', 'open', 'coverage', 'staff'] as const;
export type Measure = (typeof MEASURES)[number];

/** In the order of the legend. */
export const COVERAGE_CLASSES: readonly CoverageClass[] = ['own', 'shared', 'vacant', 'unknown'];

/** Below this many households a rate says more about chance than about the place: special grids have a handful. */
export const LEAST_HOUSEHOLDS = 50;

/** Workers on the register 在册 and on post 在岗, all kinds; null where the county has given no staff. */
export function staffOf(totals: Totals): { registered: number; onPost: number } | null {
  const s = totals.staff;
  if (s === null) return null;
  return {
    registered: s.full_time + s.stability + s.auxiliary,
    onPost: s.full_time_on_post + s.stability_on_post + s.auxiliary_on_post,
  };
}

/** Reports per 1,000 households; null without households, not finite where one of the two is withheld. */
export function perThousandOf({ reports, households }: Totals): number | null {
  const share = households === null ? null : shareOf(reports.total, households);
  return share === null ? null : share * 1000;
}

/**
 * The measure of an area; null means no data, which is not zero; not finite: withheld. `per1000` is rounded as it is written, so that
 * classes are exact. `coverage` is the number of grids with an own full-time worker on post.
 */
export function measured(measure: Measure, totals: Totals): number | null {
  switch (measure) {
    case 'reports':
      return totals.reports.total;
    case 'per1000':
      return totals.households === null || (isShown(totals.households) && totals.households < LEAST_HOUSEHOLDS)
        ? null
        : rounded(perThousandOf(totals)!);
    case 'open':
      return totals.open.total;
    case 'coverage': {
      const { own, shared, vacant } = totals.coverage;
      return own + shared + vacant === 0 ? null : own;
    }
    case 'staff':
      return staffOf(totals)?.onPost ?? null;
  }
}

/** Whole from 10 on, else one decimal: as exact as it is written. */
const rounded = (rate: number) => (rate >= 10 ? Math.round(rate) : Math.round(rate * 10) / 10);

/** The one coverage class of a grid. */
export function coverageOf(totals: Totals): CoverageClass {
  return COVERAGE_CLASSES.find((c) => totals.coverage[c] > 0) ?? 'unknown';
}
