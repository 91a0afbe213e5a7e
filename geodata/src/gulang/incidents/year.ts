/** The reporting year: 365 days whose totals are the county's report. */
import { randomGamma } from 'd3-random';
import type { IsoDay } from '../../county/county.ts';
import type { TracedIncident } from '../../incidents/incident.ts';
import { addDays, dayOf } from '../calendar.ts';
import { type Random, random } from '../random.ts';
import { BUDGET, type Line, RESOLVED } from './budget.ts';
import { choose, cumulative } from './choice.ts';
import { clusterSite, PLANTED_CLUSTERS } from './clusters.ts';
import { closedAt, closedBy, drawLife, unresolved } from './life.ts';
import { Places, type World } from './places.ts';
import { externalId, incidentAt, inTimeOrder, type Report, Reporter, secondOf, secondsOf } from './report.ts';
import { type Day, daysFrom, dayWeight } from './season.ts';

export const DAYS = 365;

export interface YearOptions {
  readonly seed: number;
  /** Last day of the year. */
  readonly anchor: IsoDay;
  /** Reports and states as they stand at this instant. */
  readonly asOf: Date;
}

/**
 * The reports of the 365 days that end with the anchor day, in time order, as they stand at `asOf`. From the end of the
 * anchor day on they are 207,000, of which 4,582 disputes with 4,532 resolved; before it, those reported by then.
 *
 * `external_id` is the day, `y`, and a running number inside the day: 20261122-y-00017.
 */
export function reportingYear(world: World, { seed, anchor, asOf }: YearOptions): TracedIncident[] {
  const second = secondOf(asOf.getTime());
  const incidents: TracedIncident[] = [];
  let [day, n, midnight] = ['', 0, 0];
  for (const report of reportsOfYear(world, seed, anchor)) {
    if (report.occurred >= midnight) {
      [day, n] = [dayOf(report.occurred * 1000), 0];
      midnight = secondsOf(day)[1] + 1;
    }
    const incident = incidentAt(report, externalId(day, 'y', ++n), second);
    if (incident) incidents.push(incident);
  }
  return incidents;
}

function reportsOfYear(world: World, seed: number, anchor: IsoDay): Report[] {
  const days = daysFrom(addDays(anchor, 1 - DAYS), DAYS);
  const [, last] = secondsOf(anchor);
  const places = new Places(world, seed);
  const rough = new Map((['collection', 'event', 'dispute'] as const).map((kind) => [kind, roughness(seed, kind)]));
  const reports: Report[] = [];
  for (const line of withoutClusters(world, BUDGET)) {
    const reporter = new Reporter(places, random(seed, `year ${anchor} ${line.kind} ${line.category}`));
    const factors = rough.get(line.kind)!;
    const sums = cumulative(days.map((day, i) => dayWeight(line.kind, line.category, day) * factors[i]!));
    const uniform = random(seed, `days ${anchor} ${line.kind} ${line.category}`);
    for (let i = 0; i < line.count; i++) {
      reports.push(reporter.draw(line.kind, line.category, days[choose(sums, uniform())]!, last));
    }
  }
  const ordinary = settleDisputes(reports, last, random(seed, `disputes ${anchor}`));
  return inTimeOrder([...ordinary, ...clusterReports(world, places, days, last, random(seed, `clusters ${anchor}`))]);
}

/** Days differ beyond their weights, by about a sixth. */
function roughness(seed: number, kind: string): number[] {
  const gamma = randomGamma.source(random(seed, `days ${kind}`))(36, 1 / 36);
  return Array.from({ length: DAYS }, gamma);
}

/** The planted clusters are part of the year's totals. */
function withoutClusters(world: World, lines: readonly Line[]): Line[] {
  return lines.map((line) => {
    if (line.kind !== 'event') return line;
    const planted = PLANTED_CLUSTERS.filter((c) => c.category === line.category && clusterSite(world, c));
    return { ...line, count: line.count - planted.reduce((sum, c) => sum + c.count, 0) };
  });
}

function clusterReports(world: World, places: Places, days: readonly Day[], last: number, uniform: Random): Report[] {
  const reporter = new Reporter(places, uniform);
  const grids = new Map(world.grids.map((g) => [g.id, g]));
  return PLANTED_CLUSTERS.flatMap((cluster) => {
    const site = clusterSite(world, cluster);
    if (!site) return [];
    return Array.from({ length: cluster.count }, () => {
      const dwelling = site.dwellings[Math.floor(site.dwellings.length * uniform())]!;
      const day = days[DAYS - 1 + cluster.first + Math.floor(cluster.days * uniform())]!;
      return reporter.drawAt(grids.get(dwelling.grid_id)!, dwelling, 'event', cluster.category, day, last);
    });
  });
}

/** Disputes that were never resolved although they are weeks old. */
const STUCK = 6;

/**
 * Resolves exactly as many disputes by the end of the year as the county reports. Those left open are the youngest that
 * would be open anyway and a few old ones that are stuck; they stay open whatever is asked later.
 */
function settleDisputes(reports: readonly Report[], last: number, uniform: Random): Report[] {
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const disputes = reports
    .filter((r) => r.kind === 'dispute')
    .map((r) => {
      let { life } = r;
      while (closedAt(life) === null) life = drawLife('dispute', r.urgency, r.reported, uniform, normal);
      return { ...r, life };
    })
    .sort((a, b) => closedAt(b.life)! - closedAt(a.life)!);
  const open = disputes.length - RESOLVED;
  const late = disputes.filter((r) => closedAt(r.life)! > last).sort((a, b) => b.reported - a.reported);
  const weeksOld = disputes.filter((r) => r.reported < last - 21 * 86_400 && r.reported > last - 120 * 86_400);
  const stuck = new Set(
    Array.from({ length: STUCK }, () => weeksOld.splice(Math.floor(weeksOld.length * uniform()), 1)[0]!),
  );
  // Where too few would be open anyway, those that closed last are.
  const young = new Set([...late, ...disputes].filter((r) => !stuck.has(r)));
  const pending = new Set([...young].slice(0, open - STUCK));
  const settled = disputes.map((r) => {
    if (stuck.has(r)) return { ...r, life: unresolved(r.life, 'suspended') };
    if (pending.has(r)) return { ...r, life: unresolved(r.life, 'in_progress') };
    return closedAt(r.life)! > last ? { ...r, life: closedBy(r.life, last) } : r;
  });
  return [...reports.filter((r) => r.kind !== 'dispute'), ...settled];
}
