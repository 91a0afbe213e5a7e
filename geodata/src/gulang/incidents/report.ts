/** One report: what, when, where, and its whole life. */
import { randomNormal } from 'd3-random';
import type { Dwelling, Grid, LonLat } from '../../county/county.ts';
import type { Kind, Precision, TracedIncident, Urgency } from '../../incidents/incident.ts';
import { DAY_MS, dayStart } from '../calendar.ts';
import type { Random } from '../random.ts';
import type { CategoryCode } from './categories.ts';
import { choose } from './choice.ts';
import { quartersOf } from './hours.ts';
import { drawLife, type Life, stepsBy } from './life.ts';
import { type Places, scatter } from './places.ts';
import type { Day } from './season.ts';

/** The system that the demonstration's reports come from. */
export const SOURCE = 'wangge-demo';

/** A report as drawn, before its state at some time is asked. Seconds since 1970. */
export interface Report {
  readonly kind: Kind;
  readonly category: CategoryCode;
  readonly urgency: Urgency;
  readonly occurred: number;
  readonly reported: number;
  readonly life: Life;
  readonly point: LonLat | null;
  readonly precision: Precision;
  readonly grid: Grid;
}

export const secondOf = (instant: number): number => Math.floor(instant / 1000);

/** First and last second of a day. */
export const secondsOf = (day: string): readonly [first: number, last: number] => [
  secondOf(dayStart(day)),
  secondOf(dayStart(day) + DAY_MS) - 1,
];

// Chance of 紧急 and 特急; the rest is 一般, as are all collections.
const URGENT: Readonly<Record<CategoryCode, readonly [urgent: number, critical: number]>> = {
  dispute: [0.08, 0.01],
  public_order: [0.12, 0.02],
  safety_fire: [0.14, 0.02],
  traffic: [0.15, 0.03],
  livelihood: [0.06, 0.004],
  sanitation: [0.02, 0],
  urban_order: [0.02, 0],
  flood_disaster: [0.24, 0.06],
  food_drug_market: [0.05, 0.004],
  special_groups: [0.06, 0.006],
  campus: [0.08, 0.008],
  rail_line: [0.14, 0.02],
  other: [0.03, 0.002],
};

// One report in 67 has no point; the place is then known to …
const WITHOUT_POINT: readonly (readonly [Precision, number])[] = [
  ['grid', 0.007],
  ['village', 0.004],
  ['township', 0.0025],
  ['unknown', 0.0015],
];

// Median minutes until it is reported, and the spread of the logarithm.
const DELAY: Readonly<Record<Kind, readonly [number, number]>> = {
  collection: [5, 0.8],
  event: [18, 1],
  dispute: [170, 1],
};

/** Draws reports from one stream; what it is asked in the same order is always the same. */
export class Reporter {
  readonly #places: Places;
  readonly #uniform: Random;
  readonly #normal: () => number;
  readonly #quarters = new Map<string, Float64Array>();

  constructor(places: Places, uniform: Random) {
    this.#places = places;
    this.#uniform = uniform;
    this.#normal = randomNormal.source(uniform)();
  }

  /** @param latest second by which it is reported at the latest. */
  draw(kind: Kind, category: CategoryCode, day: Day, latest: number): Report {
    const { grid, dwelling } = this.#places.draw(kind, category, this.#uniform);
    return this.#report(kind, category, day, latest, grid, dwelling, this.#precision());
  }

  /** A report with a point at a given dwelling. */
  drawAt(grid: Grid, dwelling: Dwelling, kind: Kind, category: CategoryCode, day: Day, latest: number): Report {
    return this.#report(kind, category, day, latest, grid, dwelling, 'point');
  }

  #report(
    kind: Kind,
    category: CategoryCode,
    day: Day,
    latest: number,
    grid: Grid,
    dwelling: Dwelling,
    precision: Precision,
  ): Report {
    const urgency = this.#urgency(kind, category);
    const occurred = this.#occurred(kind, category, day);
    const [median, spread] = DELAY[kind];
    const delay = Math.round(60 * median * Math.exp(spread * this.#normal()));
    const reported = Math.max(occurred, Math.min(latest, occurred + delay));
    const life = drawLife(kind, urgency, reported, this.#uniform, this.#normal);
    const point = scatter(dwelling.point, this.#uniform);
    return {
      kind,
      category,
      urgency,
      occurred,
      reported,
      life,
      point: precision === 'point' ? point : null,
      precision,
      grid,
    };
  }

  #occurred(kind: Kind, category: CategoryCode, day: Day): number {
    const key = `${kind} ${category}`;
    let quarters = this.#quarters.get(key);
    if (!quarters) {
      quarters = quartersOf(kind, category);
      this.#quarters.set(key, quarters);
    }
    const quarter = choose(quarters, this.#uniform());
    return day.second + quarter * 900 + Math.floor(900 * this.#uniform());
  }

  #urgency(kind: Kind, category: CategoryCode): Urgency {
    const u = this.#uniform();
    if (kind === 'collection') return 'normal';
    const [urgent, critical] = URGENT[category];
    return u < critical ? 'critical' : u < critical + urgent ? 'urgent' : 'normal';
  }

  #precision(): Precision {
    let u = this.#uniform();
    for (const [precision, chance] of WITHOUT_POINT) {
      if (u < chance) return precision;
      u -= chance;
    }
    return 'point';
  }
}

/** Stable and unique: the day, the stream of reports, and a running number inside the day, as 20261122-y-00017. */
export const externalId = (day: string, stream: string, n: number): string =>
  `${day.replaceAll('-', '')}-${stream}-${String(n).padStart(5, '0')}`;

/** Time order; reports of the same second keep theirs. For up to 2 million. */
export function inTimeOrder(reports: readonly Report[]): Report[] {
  // A sort of numbers takes a tenth of one that compares objects; second and position fit a double together.
  const keys = Float64Array.from(reports, (report, i) => report.occurred * PLACES_A_SECOND + i).sort();
  return Array.from(keys, (key) => reports[key % PLACES_A_SECOND]!);
}
const PLACES_A_SECOND = 2 ** 21;

/**
 * A report as it stands at an instant; null while it is not reported.
 *
 * @param asOf second since 1970.
 */
export function incidentAt(report: Report, external_id: string, asOf: number): TracedIncident | null {
  const trail = stepsBy(report.life, asOf);
  const step = trail.at(-1);
  if (!step) return null;
  const { precision, grid } = report;
  const known = PRECISE.indexOf(precision);
  return {
    source: SOURCE,
    external_id,
    kind: report.kind,
    category: report.category,
    urgency: report.urgency,
    state: step.state,
    occurred_at: new Date(report.occurred * 1000),
    reported_at: new Date(report.reported * 1000),
    state_at: new Date(step.at * 1000),
    point: report.point,
    precision,
    grid_id: known <= PRECISE.indexOf('grid') ? grid.id : null,
    village_code: known <= PRECISE.indexOf('village') ? grid.village_code : null,
    township_code: known <= PRECISE.indexOf('township') ? grid.managing_township_code : null,
    trail,
  };
}

const PRECISE: readonly Precision[] = ['point', 'grid', 'village', 'township', 'unknown'];
