/** The window of time that the desk looks at: named, or free hours of the county's clock. */
import type { IsoDay } from '@wangge/geodata/county/county';
import { addDays, dayOf, HOUR, hourOf, type LocalHour, secondOf, startOfDay } from './clock.ts';

/** In the order of the chips. `duty`: 昨8时—今8时, the watch that was handed over this morning; `ytd`: 本年. */
export const PERIODS = ['today', 'duty', '7d', '30d', 'month', 'ytd', 'year', 'custom'] as const;
export type Period = (typeof PERIODS)[number];

/** Half-open [from, to), seconds since 1970-01-01T00:00:00Z. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** Free hours, half-open. */
export interface Span {
  readonly from: LocalHour;
  readonly to: LocalHour;
}

/** Both days included. */
export interface Days {
  readonly from: IsoDay;
  readonly to: IsoDay;
}

/** The hour at which the watch changes. */
const WATCH = '08';

/**
 * The window of a period as it is meant at `now`, a second. Periods of days end with today's end, so that what comes in
 * counts; a year is 365 days, so that it compares with the year before.
 */
export function windowOf(period: Period, now: number, timeZone: string, span: Span | null): Window {
  const today = dayOf(now, timeZone);
  const since = (day: IsoDay): Window => ({
    from: startOfDay(day, timeZone),
    to: startOfDay(addDays(today, 1), timeZone),
  });
  switch (period) {
    case 'today':
      return since(today);
    case 'duty':
      return {
        from: secondOf(`${addDays(today, -1)}T${WATCH}`, timeZone),
        to: secondOf(`${today}T${WATCH}`, timeZone),
      };
    case '7d':
      return since(addDays(today, -6));
    case 'month':
      return since(`${today.slice(0, 8)}01`);
    case 'ytd':
      return since(`${today.slice(0, 5)}01-01`);
    case 'year':
      return since(addDays(today, -364));
    case 'custom':
      if (span === null) return windowOf('30d', now, timeZone, null);
      return { from: secondOf(span.from, timeZone), to: secondOf(span.to, timeZone) };
    default:
      return since(addDays(today, -29));
  }
}

/** A window as hours of the clock, at least one hour long: begun hours count whole. */
export function spanOf(window: Window, timeZone: string): Span {
  const from = hourOf(window.from, timeZone);
  const last = hourOf(window.to - 1, timeZone);
  const end = secondOf(last, timeZone);
  return { from, to: hourOf(end + HOUR, timeZone) };
}

/** The days on which a window lies, both included. */
export function daysOf(window: Window, timeZone: string): Days {
  return { from: dayOf(window.from, timeZone), to: dayOf(Math.max(window.from, window.to - 1), timeZone) };
}

/** Whether a window begins and ends with a day. */
export function isWholeDays(window: Window, timeZone: string): boolean {
  const starts = (second: number) => startOfDay(dayOf(second, timeZone), timeZone) === second;
  return starts(window.from) && starts(window.to);
}

/** Number of days, both ends included. */
export function lengthOf(days: Days): number {
  return Math.round((Date.parse(days.to) - Date.parse(days.from)) / 86_400_000) + 1;
}

export const sameWindow = (a: Window, b: Window): boolean => a.from === b.from && a.to === b.to;

/** The second at which the month of a second begins. */
export const monthOf = (second: number, timeZone: string): number =>
  startOfDay(`${dayOf(second, timeZone).slice(0, 8)}01`, timeZone);

/**
 * The second from which the page holds incidents unless more is asked for: the first of the month thirteen months ago,
 * so that a year and its comparison by month are there, and every page asks the same.
 */
export function heldFrom(now: number, timeZone: string): number {
  const [year, month] = dayOf(now, timeZone).split('-').map(Number) as [number, number];
  return startOfDay(new Date(Date.UTC(year, month - 1 - 13, 1)).toISOString().slice(0, 10), timeZone);
}
