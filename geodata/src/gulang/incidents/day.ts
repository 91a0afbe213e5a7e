/** A day after the reporting year, at the county's rate or any other. */
import { randomGamma, randomPoisson } from 'd3-random';
import type { IsoDay } from '../../county/county.ts';
import type { TracedIncident } from '../../incidents/incident.ts';
import { addDays, DAY_MS, dayStart } from '../calendar.ts';
import { random } from '../random.ts';
import { BUDGET, PER_HOUR } from './budget.ts';
import { Places, type World } from './places.ts';
import { externalId, incidentAt, inTimeOrder, type Report, Reporter, secondOf } from './report.ts';
import { type Day, daysFrom, dayWeight } from './season.ts';
import { DAYS } from './year.ts';

export interface DayOptions {
  readonly seed: number;
  readonly day: IsoDay;
  /** Last day of the reporting year; `day` must be later. */
  readonly anchor: IsoDay;
  /** Reports and states as they stand at this instant. */
  readonly asOf: Date;
  /** Mean reports an hour over a year, 0 to 10,000; the county's own rate (23.63) where it is left out. */
  readonly perHour?: number;
}

/**
 * The reports that occurred on a day after the anchor day, in time order, as they stand at `asOf`. The same seed, day
 * and rate always give the same reports: what a later `asOf` adds are reports that had not come in and states that had
 * not been reached. A report can come in some hours after the day.
 *
 * `external_id` is the day, the rate to a thousandth, and a running number: 20261123-r24-00017.
 */
export function dayReports(
  world: World,
  { seed, day, anchor, asOf, perHour = PER_HOUR }: DayOptions,
): TracedIncident[] {
  if (dayStart(day) <= dayStart(anchor)) throw new Error(`day: ${day} lies in the reporting year that ends ${anchor}`);
  if (!(perHour >= 0 && perHour <= 10_000)) throw new Error(`perHour: ${perHour} must be between 0 and 10,000`);
  const rate = Math.round(perHour * 1000) / 1000;
  const second = secondOf(asOf.getTime());
  // Nothing of the day can have come in yet.
  if (second < secondOf(dayStart(day))) return [];
  return reportsOfDay(world, seed, day, anchor, rate).flatMap((report, i) => {
    const incident = incidentAt(report, externalId(day, `r${rate}`, i + 1), second);
    return incident ? [incident] : [];
  });
}

function reportsOfDay(world: World, seed: number, day: IsoDay, anchor: IsoDay, rate: number): Report[] {
  const uniform = random(seed, `day ${day} ${rate}`);
  const gamma = randomGamma.source(uniform)(36, 1 / 36);
  const poisson = randomPoisson.source(uniform);
  const places = placesOf(world, seed);
  const reporter = new Reporter(places, uniform);
  const [today] = daysFrom(day, 1);
  const means = meanWeights(anchor);
  // Long after anything of the day is reported.
  const latest = secondOf(dayStart(day) + 7 * DAY_MS);
  const rough = { collection: gamma(), event: gamma(), dispute: gamma() };
  const reports = BUDGET.flatMap(({ kind, category, count }, i) => {
    const usual = (count / DAYS) * (rate / PER_HOUR);
    const expected = usual * (dayWeight(kind, category, today!) / means[i]!) * rough[kind];
    return Array.from({ length: poisson(expected)() }, () => reporter.draw(kind, category, today!, latest));
  });
  return inTimeOrder(reports);
}

// Both are pure functions of their arguments, asked again for every day that is filled in: the last answer is kept.
let lastPlaces: { world: World; seed: number; places: Places } | null = null;
function placesOf(world: World, seed: number): Places {
  if (lastPlaces?.world !== world || lastPlaces.seed !== seed) {
    lastPlaces = { world, seed, places: new Places(world, seed) };
  }
  return lastPlaces.places;
}

let lastMeans: { anchor: IsoDay; means: readonly number[] } | null = null;
/** Mean weight of a day of the reporting year by line of the budget. */
function meanWeights(anchor: IsoDay): readonly number[] {
  if (lastMeans?.anchor !== anchor) {
    const days: Day[] = daysFrom(addDays(anchor, 1 - DAYS), DAYS);
    const mean = (line: (typeof BUDGET)[number]) =>
      days.reduce((sum, day) => sum + dayWeight(line.kind, line.category, day), 0) / DAYS;
    lastMeans = { anchor, means: BUDGET.map(mean) };
  }
  return lastMeans.means;
}
