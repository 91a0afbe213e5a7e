/** Signs by which reports of a county differ from points strewn evenly; for the tests of the generator. */
import Flatbush from 'flatbush';
import { metresPerDegree } from '../../crs/plane.ts';
import type { Incident } from '../../incidents/incident.ts';
import { addDays, dayOf, daysBetween, festivalOn, weekday } from '../calendar.ts';
import type { World } from './places.ts';

export interface Evidence {
  readonly world: World;
  /** Share of the county's area by grid, in any unit. */
  readonly area: ReadonlyMap<number, number>;
}

/** The signs that are missing, in words; empty where the reports look like those of a county. */
export function unlikeACounty(reports: readonly Incident[], { world, area }: Evidence): string[] {
  const located = reports.filter((r) => r.point !== null);
  const households = new Map(world.grids.map((g) => [g.id, 0]));
  for (const d of world.dwellings) households.set(d.grid_id, households.get(d.grid_id)! + d.households);
  const dated = reports.map((report) => ({ report, day: dayOf(report.occurred_at.getTime()) }));
  const hours = (category: string) =>
    profile(reports.filter((r) => r.kind !== 'collection' && r.category === category));
  const signs: [string, boolean][] = [
    ['far from dwellings', shareNear(located, world, 150) < 0.95],
    ['counts follow area', dispersion(located, area) < 5],
    ['counts follow households', dispersion(located, households) < 5],
    ['hours are alike', variation(hours('traffic'), hours('sanitation')) < 0.2],
    ['schools on Sundays', onDays(dated, 'event', 'campus', (day) => weekday(day) === 6) > 0.1],
    ['no spring festival', rate(dated, 'collection', null, (day) => near(day, 'spring', 0, 5)) > 0.6],
    ['no harvest', rate(dated, 'dispute', null, (day) => day.slice(5) >= '09-20' && day.slice(5) <= '10-20') < 1.2],
    ['no floods', rate(dated, 'event', 'flood_disaster', (day) => /-0[78]-/.test(day)) < 2],
    ['no fire season', rate(dated, 'event', 'safety_fire', (day) => near(day, 'spring', -25, -1)) < 1.3],
  ];
  return signs.filter(([, missing]) => missing).map(([sign]) => sign);
}

/** Pearson's dispersion of counts per grid about what an exposure explains: 1 for points strewn by that exposure. */
export function dispersion(reports: readonly Incident[], exposure: ReadonlyMap<number, number>): number {
  const counts = new Map<number, number>();
  for (const r of reports) counts.set(r.grid_id!, (counts.get(r.grid_id!) ?? 0) + 1);
  const exposed = [...exposure].filter(([, e]) => e > 0);
  const all = exposed.reduce((sum, [, e]) => sum + e, 0);
  return (
    exposed.reduce((sum, [grid, e]) => {
      const expected = (reports.length * e) / all;
      return sum + ((counts.get(grid) ?? 0) - expected) ** 2 / expected;
    }, 0) /
    (exposed.length - 1)
  );
}

function shareNear(reports: readonly Incident[], { dwellings }: World, metres: number): number {
  const index = new Flatbush(dwellings.length);
  for (const { point } of dwellings) index.add(point[0], point[1]);
  index.finish();
  const k = metresPerDegree(37.5);
  const near = reports.filter(({ point }) => {
    const [lon, lat] = point!;
    const found = index.search(lon - metres / k.lon, lat - metres / k.lat, lon + metres / k.lon, lat + metres / k.lat);
    return found.length > 0;
  });
  return near.length / reports.length;
}

/** Shares of the 24 hours of Shanghai. */
function profile(reports: readonly Incident[]): number[] {
  const hours = Array.from({ length: 24 }, () => 0);
  for (const r of reports) hours[(r.occurred_at.getUTCHours() + 8) % 24]! += 1 / reports.length;
  return hours;
}

/** Total variation: the share that would have to move to make one profile the other. */
const variation = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, share, i) => sum + Math.abs(share - b[i]!), 0) / 2;

type Dated = readonly { readonly report: Incident; readonly day: string }[];
type OnDay = (day: string) => boolean;

function onDays(dated: Dated, kind: string, category: string | null, on: OnDay): number {
  const list = dated.filter(({ report: r }) => r.kind === kind && (category === null || r.category === category));
  const days = memo(on);
  return list.filter(({ day }) => days(day)).length / list.length;
}

/** How often on some days as against on average. */
function rate(dated: Dated, kind: string, category: string | null, on: OnDay): number {
  const days = new Set(dated.map(({ day }) => day));
  const share = [...days].filter(memo(on)).length / days.size;
  return onDays(dated, kind, category, on) / share;
}

function near(day: string, festival: 'spring' | 'autumn', from: number, to: number): boolean {
  for (let n = from; n <= to; n++) {
    const first = addDays(day, -n);
    if (festivalOn(first) === festival) return daysBetween(first, day) === n;
  }
  return false;
}

const memo = (test: OnDay): OnDay => {
  const known = new Map<string, boolean>();
  return (day) => {
    const found = known.get(day) ?? test(day);
    known.set(day, found);
    return found;
  };
};
