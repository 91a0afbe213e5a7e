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

// First day of 春节 and day of 中秋 by year. A table, because Intl's Chinese calendar is a day off in 2027 and 2030.
const LUNAR: Readonly<Record<string, readonly [spring: string, autumn: string]>> = {
  2019: ['02-05', '09-13'],
  2020: ['01-25', '10-01'],
  2021: ['02-12', '09-21'],
  2022: ['02-01', '09-10'],
  2023: ['01-22', '09-29'],
  2024: ['02-10', '09-17'],
  2025: ['01-29', '10-06'],
  2026: ['02-17', '09-25'],
  2027: ['02-06', '09-15'],
  2028: ['01-26', '10-03'],
  2029: ['02-13', '09-22'],
  2030: ['02-03', '09-12'],
  2031: ['01-23', '10-01'],
  2032: ['02-11', '09-19'],
  2033: ['01-31', '09-08'],
  2034: ['02-19', '09-27'],
  2035: ['02-08', '09-16'],
  2036: ['01-28', '10-04'],
  2037: ['02-15', '09-24'],
  2038: ['02-04', '09-13'],
  2039: ['01-24', '10-02'],
  2040: ['02-12', '09-20'],
};

/**
 * 春节, 中秋, 国庆: the festival that begins on a day; null on other days. Where 中秋 is the first of October, the day is
 * 国庆. Lunar festivals are known for 2019 to 2040; a demonstration outside these years goes without them.
 */
export function festivalOn(day: IsoDay): 'spring' | 'autumn' | 'national' | null {
  if (day.endsWith('-10-01')) return 'national';
  const [spring, autumn] = LUNAR[day.slice(0, 4)] ?? [];
  const date = day.slice(5);
  if (date === spring) return 'spring';
  return date === autumn ? 'autumn' : null;
}
