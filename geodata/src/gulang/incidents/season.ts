/** The year: festivals, harvest, floods, school terms, heating. Assumptions, stated so that an analysis can find them. */
import type { IsoDay } from '../../county/county.ts';
import type { Kind } from '../../incidents/incident.ts';
import { addDays, dayStart, daysBetween, festivalOn, weekday } from '../calendar.ts';
import type { CategoryCode } from './categories.ts';
import { weekdayWeight } from './hours.ts';

type Festival = 'spring' | 'autumn' | 'national';

/** A day and how far it is from the nearest festivals. */
export interface Day {
  readonly day: IsoDay;
  /** Its first second, since 1970. */
  readonly second: number;
  /** 0 Monday … 6 Sunday. */
  readonly weekday: number;
  /** Days after the first day of the festival, negative before it; null beyond 45 days. */
  readonly after: Readonly<Record<Festival, number | null>>;
}

const REACH = 45;

/** Consecutive days from a first one. */
export function daysFrom(first: IsoDay, n: number): Day[] {
  const found: { festival: Festival; day: IsoDay }[] = [];
  for (let i = -REACH; i < n + REACH; i++) {
    const day = addDays(first, i);
    const festival = festivalOn(day);
    if (festival) found.push({ festival, day });
  }
  const after = (day: IsoDay, festival: Festival): number | null => {
    const distances = found.filter((f) => f.festival === festival).map((f) => daysBetween(f.day, day));
    const nearest = distances.reduce((best, d) => (Math.abs(d) < Math.abs(best) ? d : best), Infinity);
    return Math.abs(nearest) <= REACH ? nearest : null;
  };
  return Array.from({ length: n }, (_, i) => {
    const day = addDays(first, i);
    return {
      day,
      second: dayStart(day) / 1000,
      weekday: weekday(day),
      after: { spring: after(day, 'spring'), autumn: after(day, 'autumn'), national: after(day, 'national') },
    };
  });
}

/** A stretch of days: around a festival by days after it, or in the calendar by `MM-DD`, both ends included. */
type Stretch = readonly [Festival, number, number] | readonly ['date', string, string];

interface Effect {
  readonly of: readonly (CategoryCode | 'collection')[];
  readonly during: readonly Stretch[];
  readonly times: number;
}

/** Every effect multiplies; those on `collection` reach 信息采集 of all categories, the others events and disputes. */
export const EFFECTS: readonly Effect[] = [
  // 春节
  { of: ['collection'], during: [['spring', -1, 6]], times: 0.28 },
  { of: ['livelihood', 'special_groups', 'other'], during: [['spring', -1, 6]], times: 0.6 },
  { of: ['dispute'], during: [['spring', -1, 5]], times: 0.6 },
  // Those who work away come home: wages, families, land.
  {
    of: ['dispute'],
    during: [
      ['spring', -24, -3],
      ['spring', 6, 18],
    ],
    times: 1.6,
  },
  { of: ['traffic'], during: [['spring', -8, 12]], times: 1.6 },
  { of: ['safety_fire'], during: [['spring', -30, -1]], times: 1.9 },
  { of: ['safety_fire'], during: [['spring', 0, 15]], times: 1.5 },
  {
    of: ['food_drug_market'],
    during: [
      ['spring', -20, -1],
      ['autumn', -6, 0],
    ],
    times: 1.8,
  },
  { of: ['public_order', 'urban_order'], during: [['spring', -14, 15]], times: 1.3 },
  // 国庆, 中秋
  { of: ['collection'], during: [['national', 0, 6]], times: 0.45 },
  {
    of: ['traffic'],
    during: [
      ['national', -1, 7],
      ['autumn', -1, 1],
    ],
    times: 1.5,
  },
  { of: ['urban_order', 'rail_line'], during: [['national', -5, 6]], times: 1.35 },
  // Harvest: wheat in July, maize and potatoes from late September.
  {
    of: ['dispute'],
    during: [
      ['date', '07-10', '08-10'],
      ['date', '09-20', '10-20'],
    ],
    times: 1.55,
  },
  {
    of: ['traffic'],
    during: [
      ['date', '07-10', '08-10'],
      ['date', '09-20', '10-20'],
    ],
    times: 1.2,
  },
  { of: ['safety_fire'], during: [['date', '10-05', '11-10']], times: 1.3 },
  // Floods come with the thunderstorms of July and August.
  { of: ['flood_disaster'], during: [['date', '07-01', '08-31']], times: 5 },
  {
    of: ['flood_disaster'],
    during: [
      ['date', '06-01', '06-30'],
      ['date', '09-01', '09-20'],
    ],
    times: 1.8,
  },
  {
    of: ['flood_disaster'],
    during: [
      ['date', '10-15', '12-31'],
      ['date', '01-01', '04-15'],
    ],
    times: 0.3,
  },
  // Holidays between the terms.
  {
    of: ['campus'],
    during: [
      ['date', '07-11', '08-31'],
      ['date', '01-11', '02-28'],
    ],
    times: 0.12,
  },
  { of: ['sanitation'], during: [['date', '05-01', '09-15']], times: 1.3 },
  // Heating.
  {
    of: ['livelihood'],
    during: [
      ['date', '11-01', '12-31'],
      ['date', '01-01', '03-15'],
    ],
    times: 1.3,
  },
];

/** Weight of a day for a kind and category, 1 on an ordinary one. */
export function dayWeight(kind: Kind, category: CategoryCode, day: Day): number {
  const subject = kind === 'collection' ? 'collection' : category;
  let weight = weekdayWeight(kind, category, day.weekday);
  for (const effect of EFFECTS) {
    if (effect.of.includes(subject) && effect.during.some((stretch) => lies(day, stretch))) weight *= effect.times;
  }
  // Monthly returns are due: visits that were not entered yet are.
  if (kind === 'collection' && addDays(day.day, 4).slice(0, 7) !== day.day.slice(0, 7)) weight *= 1.25;
  return weight;
}

function lies(day: Day, stretch: Stretch): boolean {
  if (stretch[0] === 'date') {
    const date = day.day.slice(5);
    return stretch[1] <= date && date <= stretch[2];
  }
  const after = day.after[stretch[0]];
  return after !== null && stretch[1] <= after && after <= stretch[2];
}
