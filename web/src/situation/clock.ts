/** The county's clock: hours of its time zone and the instants at which they begin, whatever the viewer's zone. */
import type { IsoDay } from '@wangge/geodata/county/county';

/** An hour of the county's clock, `2026-06-30T08`. */
export type LocalHour = string;

export const HOUR = 3600;
const HALF_DAY = 12 * HOUR;

const formats = new Map<string, Intl.DateTimeFormat>();
/** Offsets by zone and quarter of an hour: no zone changes its clock more finely. */
const offsets = new Map<string, Map<number, number>>();

/** Seconds by which a zone's clock is ahead of UTC at a second since 1970-01-01T00:00:00Z. */
export function offsetAt(second: number, timeZone: string): number {
  let known = offsets.get(timeZone);
  if (!known) {
    known = new Map();
    offsets.set(timeZone, known);
  }
  const quarter = Math.floor(second / 900);
  let offset = known.get(quarter);
  if (offset === undefined) {
    offset = readOffset(quarter * 900, timeZone);
    known.set(quarter, offset);
  }
  return offset;
}

function readOffset(second: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  const parts = format.formatToParts(new Date(second * 1000));
  const get = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const local = Date.UTC(get('year'), get('month') - 1, get('day'), get('hour'), get('minute'), get('second'));
  return Math.round(local / 1000 - second);
}

/** The hour of the county's clock in which a second falls. */
export function hourOf(second: number, timeZone: string): LocalHour {
  return new Date((second + offsetAt(second, timeZone)) * 1000).toISOString().slice(0, 13);
}

export function dayOf(second: number, timeZone: string): IsoDay {
  return hourOf(second, timeZone).slice(0, 10);
}

/**
 * The second at which an hour of the clock begins. Where clocks go back and it comes twice, its first coming; where they
 * go forward and it never comes, the hour after it.
 */
export function secondOf(hour: LocalHour, timeZone: string): number {
  const utc = Date.parse(`${hour}:00:00Z`) / 1000;
  const candidates = [utc - HALF_DAY, utc + HALF_DAY].map((at) => utc - offsetAt(at, timeZone));
  const [early, late] = candidates.sort((a, b) => a - b) as [number, number];
  return hourOf(early, timeZone) === hour ? early : late;
}

/** The second at which a day begins. */
export const startOfDay = (day: IsoDay, timeZone: string): number => secondOf(`${day}T00`, timeZone);

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

/** True for an hour of a day that exists. */
export const isHour = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3])$/.test(text) && isDay(text.slice(0, 10));
