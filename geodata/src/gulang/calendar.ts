/** Days of the demonstration county: Asia/Shanghai, which has kept UTC+8 without summer time since 1992. */
import type { IsoDay } from '../county/county.ts';

export const DAY_MS = 86_400_000;
const OFFSET_MS = 8 * 3_600_000;

/** Midnight at the beginning of a day in Shanghai, milliseconds since 1970-01-01T00:00:00Z. */
export function dayStart(day: IsoDay): number {
  const utc = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  // Date.parse takes 02-30 for March 2: only a day that prints as itself is one.
  if (Number.isNaN(utc) || new Date(utc).toISOString().slice(0, 10) !== day) {
    throw new Error(`day: ${day} is no calendar day; write it as 2026-11-23`);
  }
  return utc - OFFSET_MS;
}

/** The day in Shanghai at an instant in milliseconds. */
export const dayOf = (instant: number): IsoDay => new Date(instant + OFFSET_MS).toISOString().slice(0, 10);

export const addDays = (day: IsoDay, n: number): IsoDay => dayOf(dayStart(day) + n * DAY_MS);

/** Whole days from `a` to `b`. */
export const daysBetween = (a: IsoDay, b: IsoDay): number => Math.round((dayStart(b) - dayStart(a)) / DAY_MS);

/** 0 Monday … 6 Sunday. */
export const weekday = (day: IsoDay): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;

const LUNAR = new Intl.DateTimeFormat('en-u-ca-chinese', { month: 'numeric', day: 'numeric', timeZone: 'UTC' });

/** 春节, 中秋, 国庆: the festival that begins on a day, by the lunar calendar of the platform; null on other days. */
export function festivalOn(day: IsoDay): 'spring' | 'autumn' | 'national' | null {
  if (day.endsWith('-10-01')) return 'national';
  const parts = LUNAR.formatToParts(new Date(`${day}T12:00:00Z`));
  const month = parts.find((part) => part.type === 'month')?.value;
  const date = parts.find((part) => part.type === 'day')?.value;
  // A leap month carries a suffix and has no festival.
  if (month === '1' && date === '1') return 'spring';
  return month === '8' && date === '15' ? 'autumn' : null;
}
