/** The figures of an area and of its parts, computed from the columns; every rate keeps its denominator beside it. */
import { type IncidentFilter, pickRows, rowFilter } from '@wangge/geodata/incidents/filter';
import { type IncidentCounts, tally } from '@wangge/geodata/incidents/tally';
import { windowOf } from '@wangge/geodata/incidents/window';
import type { Coverage, StaffCounts } from '@wangge/geodata/staffing/coverage';
import type { GridRow } from '../grids/queries.ts';
import { invalidParameter } from '../http/problem.ts';
import type { IncidentsAt } from '../incidents/read-model.ts';
import { areaOf, type Place, pathOf, placeAt } from './area.ts';
import { dayOf } from './day.ts';
import type { Ground } from './ground.ts';
import type { OverviewAnswer, Totals } from './schema.ts';
import { printed, type Window } from './window.ts';

export type PartLevel = 'township' | 'village' | 'grid';

const BELOW = { county: 'township', township: 'village', village: 'grid', grid: null } as const;
const DEPTH = { county: 0, township: 1, village: 2, grid: 3 } as const;

function partsOf(ground: Ground, place: Place, by: PartLevel): Place[] {
  if (place.level === 'grid') return [];
  if (by === 'grid') return ground.gridsUnder(place.division).map((grid) => ({ level: 'grid', grid }));
  return ground.divisions
    .filter((d) => d.level === by && ground.pathTo(d).includes(place.division))
    .map((division) => ({ level: division.level, division }));
}

export interface OverviewQuestion {
  readonly area: string | undefined;
  readonly by: PartLevel | undefined;
  readonly window: Window;
  /** Which incidents count; grids, residents, staff and centres are always all of the area. */
  readonly filter: IncidentFilter;
  readonly now: Date;
}

/** @throws Problem where the area is unknown, or `by` is not a level below it. */
export function overview(ground: Ground, { columns, asOf }: IncidentsAt, question: OverviewQuestion): OverviewAnswer {
  const { window, now } = question;
  const place = placeAt(ground, question.area);
  const by = question.by ?? BELOW[place.level];
  if (question.by && DEPTH[question.by] <= DEPTH[place.level]) {
    throw invalidParameter('by', `应是 ${place.level} 以下的层级`);
  }
  const rows = windowOf(columns, window.from, window.to);
  const counts = tally(pickRows(rows, rowFilter(rows, question.filter)), ground);
  const day = dayOf(new Date(Math.min((window.to - 1) * 1000, now.getTime())), ground.county.time_zone);
  const coverage = ground.coverage(day);

  const totalsOf = (of: Place): Totals => {
    const grids = of.level === 'grid' ? [of.grid] : ground.gridsUnder(of.division);
    if (of.level !== 'grid') {
      const { staff, coverage: classes } = coverage.areas.get(of.division.code)!;
      return totals(
        ground,
        grids,
        counts.areas.get(of.division.code)!,
        staff,
        classes,
        ground.centresUnder(of.division).length,
      );
    }
    const { staff, coverage: found } = coverage.grids.get(of.grid.id)!;
    const classes = { own: 0, shared: 0, vacant: 0, unknown: 0, [found]: 1 };
    return totals(ground, grids, counts.grids.get(of.grid.id)!, staff, classes, 0);
  };

  const whole = totalsOf(place);
  const parts = by ? partsOf(ground, place, by).map((part) => ({ ...areaOf(part), totals: totalsOf(part) })) : [];
  return {
    as_of: asOf,
    at: printed(Math.floor(now.getTime() / 1000)),
    area: areaOf(place),
    path: pathOf(ground, place),
    window: { from: printed(window.from), to: printed(window.to) },
    totals: whole,
    parts,
    unplaced: by ? whole.reports.total - parts.reduce((sum, part) => sum + part.totals.reports.total, 0) : 0,
  };
}

function totals(
  ground: Ground,
  grids: readonly GridRow[],
  counts: IncidentCounts,
  staff: StaffCounts | null,
  coverage: Readonly<Record<Coverage, number>>,
  centres: number,
): Totals {
  const ofClass = (name: GridRow['class']) => grids.filter((g) => g.class === name).length;
  const sum = (of: (grid: GridRow) => number) => grids.reduce((total, grid) => total + of(grid), 0);
  const residents = (field: 'households' | 'population') =>
    ground.hasDwellings ? sum((g) => ground.residentsByGrid.get(g.id)?.[field] ?? 0) : null;
  return {
    grids: {
      total: grids.length,
      community: ofClass('community'),
      rural: ofClass('rural'),
      special: ofClass('special'),
    },
    area_km2: Math.round(sum((g) => g.area_m2)) / 1e6,
    households: residents('households'),
    population: residents('population'),
    reports: { ...counts.reports },
    disputes: { ...counts.disputes },
    open: { ...counts.open },
    by_category: { ...counts.by_category },
    staff: staff && { ...staff },
    coverage: { ...coverage },
    centres,
  };
}
