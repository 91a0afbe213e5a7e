/** The period of the desk: named, or free days. Days are counted in the county's time zone, whatever the viewer's. */
import type { IsoDay } from '@wangge/geodata/county/county';

/** In the order of the chips. */
export const PERIODS = ['today', '7d', '30d', 'month', 'year', 'custom'] as const;
export type Period = (typeof PERIODS)[number];

/** Both days included. */
export interface Days {
  readonly from: IsoDay;
  readonly to: IsoDay;
}

/** The calendar day of an instant in a time zone. */
export function dayOf(instant: Date, timeZone: string): IsoDay {
  // The Swedish locale writes ISO 8601.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    instant,
  );
}

/** Calendar arithmetic, free of any time zone. */
export function addDays(day: IsoDay, count: number): IsoDay {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}

/** True for a day that exists: 2026-02-30 does not. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text;
}

/** Days of a period that ends `today`; a year is 365 days, so that it compares with the year before. */
export function daysOf(period: Period, today: IsoDay, custom: Days | null): Days {
  switch (period) {
    case 'today':
      return { from: today, to: today };
    case '7d':
      return { from: addDays(today, -6), to: today };
    case 'month':
      return { from: `${today.slice(0, 8)}01`, to: today };
    case 'year':
      return { from: addDays(today, -364), to: today };
    case 'custom':
      return custom ?? daysOf('30d', today, null);
    default:
      return { from: addDays(today, -29), to: today };
  }
}

/** The days of a half-open window of instants. */
export function daysWithin(window: { readonly from: string; readonly to: string }, timeZone: string): Days {
  return {
    from: dayOf(new Date(window.from), timeZone),
    to: dayOf(new Date(Date.parse(window.to) - 1), timeZone),
  };
}

/** Number of days, both ends included. */
export function lengthOf(days: Days): number {
  return Math.round((Date.parse(days.to) - Date.parse(days.from)) / 86_400_000) + 1;
}
