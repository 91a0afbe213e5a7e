/** When in the day and in the week things are reported; assumptions, different for every category. */
import type { Kind } from '../../incidents/incident.ts';
import type { CategoryCode } from './categories.ts';
import { cumulative } from './choice.ts';

/** `[hour, spread in hours, weight]` of a peak. */
type Peak = readonly [hour: number, spread: number, weight: number];

interface Rhythm {
  readonly peaks: readonly Peak[];
  /** Weight of an hour apart from the peaks. */
  readonly always: number;
  /** Monday to Sunday. */
  readonly week: readonly number[];
}

const EVEN = [1, 1, 1, 1, 1, 1, 1];
const OFFICE = [1.15, 1.1, 1.1, 1.1, 1.05, 0.6, 0.5];
const WEEKEND = [0.85, 0.85, 0.85, 0.9, 1.05, 1.4, 1.3];
const SCHOOL = [1.3, 1.2, 1.2, 1.2, 1.4, 0.15, 0.3];

const RHYTHMS: Readonly<Record<CategoryCode, Rhythm>> = {
  dispute: {
    peaks: [
      [10, 1.8, 3],
      [15.5, 1.8, 2.5],
      [20, 1.6, 2],
    ],
    always: 0.05,
    week: [1.2, 1.05, 1, 1, 1, 0.95, 0.85],
  },
  public_order: {
    peaks: [
      [21.5, 2.2, 4],
      [1, 1.5, 1.2],
      [14, 3, 1.2],
    ],
    always: 0.12,
    week: [0.9, 0.9, 0.9, 0.95, 1.15, 1.25, 1.05],
  },
  safety_fire: {
    peaks: [
      [10, 1.5, 3],
      [15, 1.8, 2.5],
      [19, 1.5, 1.6],
    ],
    always: 0.08,
    week: [1.1, 1.05, 1.05, 1.05, 1.05, 0.9, 0.8],
  },
  traffic: {
    peaks: [
      [7.6, 0.8, 3],
      [12, 1, 1.2],
      [18, 1.1, 3.6],
    ],
    always: 0.12,
    week: [1.05, 0.95, 0.95, 1, 1.2, 1.05, 0.9],
  },
  livelihood: {
    peaks: [
      [9.3, 1.4, 3.5],
      [15.2, 1.6, 2.6],
      [19.5, 1.2, 0.8],
    ],
    always: 0.05,
    week: [1.3, 1.1, 1.05, 1, 0.95, 0.8, 0.7],
  },
  sanitation: {
    peaks: [
      [7.3, 1.3, 3.6],
      [16.5, 1.8, 2],
    ],
    always: 0.06,
    week: [1.25, 1, 1, 1, 1, 0.9, 0.85],
  },
  urban_order: {
    peaks: [
      [11, 1.6, 2.4],
      [18.6, 1.5, 3.6],
    ],
    always: 0.05,
    week: WEEKEND,
  },
  flood_disaster: {
    peaks: [
      [17.5, 2.5, 3],
      [22, 2.5, 1.6],
      [4, 2, 0.7],
    ],
    always: 0.25,
    week: EVEN,
  },
  food_drug_market: {
    peaks: [
      [11, 1.3, 3],
      [17, 1.5, 2.6],
    ],
    always: 0.03,
    week: WEEKEND,
  },
  special_groups: {
    peaks: [
      [9.8, 1.2, 3.5],
      [15, 1.3, 3],
    ],
    always: 0.02,
    week: OFFICE,
  },
  campus: {
    peaks: [
      [7.5, 0.6, 3.4],
      [12, 0.7, 2],
      [17, 0.8, 3.2],
    ],
    always: 0.01,
    week: SCHOOL,
  },
  rail_line: {
    peaks: [
      [9, 2.2, 2],
      [15, 2.5, 2],
      [23, 2, 0.8],
    ],
    always: 0.2,
    week: EVEN,
  },
  other: {
    peaks: [
      [10, 2, 2],
      [15.5, 2.2, 2],
    ],
    always: 0.1,
    week: OFFICE,
  },
};

/** Visits and inspections: working hours, with a round in the evening when people are home. */
const COLLECTION: Rhythm = {
  peaks: [
    [9.8, 1.2, 4],
    [15.2, 1.5, 3.6],
    [19.3, 1, 1.3],
  ],
  always: 0.01,
  week: [1.15, 1.15, 1.1, 1.1, 1.1, 0.75, 0.65],
};

const rhythmOf = (kind: Kind, category: CategoryCode): Rhythm =>
  kind !== 'collection' ? RHYTHMS[category] : category === 'campus' ? { ...COLLECTION, week: SCHOOL } : COLLECTION;

/** Weights of the 96 quarters of a day, as running sums. */
export function quartersOf(kind: Kind, category: CategoryCode): Float64Array {
  const { peaks, always } = rhythmOf(kind, category);
  return cumulative(
    Array.from({ length: 96 }, (_, quarter) => {
      const hour = (quarter + 0.5) / 4;
      return peaks.reduce((sum, [at, spread, weight]) => {
        // Around the clock: 1 a.m. is two hours from 11 p.m.
        const off = Math.min(Math.abs(hour - at), 24 - Math.abs(hour - at)) / spread;
        return sum + (weight / spread) * Math.exp(-0.5 * off * off);
      }, always);
    }),
  );
}

/** @param weekday 0 Monday … 6 Sunday. */
export const weekdayWeight = (kind: Kind, category: CategoryCode, weekday: number): number =>
  rhythmOf(kind, category).week[weekday]!;
