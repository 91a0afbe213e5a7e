/** The `datetime` parameter of OGC API – Features, §7.15.4, and what clients make of it. */
import { addDays, isDay, startOfDay } from '../county/day.ts';
import { invalidParameter } from '../http/problem.ts';
import type { Interval } from './collection.ts';

const INSTANT = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/;
const DURATION =
  /^P(?=.)(?:(\d{1,4})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?=.)(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?$/;

const refused = () =>
  invalidParameter(
    'datetime',
    '请写成时刻 2026-06-30T00:00:00Z、日期 2026-06-30，或区间 起/止；不限的一端写 ..，止也可以是时长如 P7D',
  );

/**
 * An instant, a day, or an interval of two of them; `..` or nothing is an open end; one end may be an ISO 8601 duration.
 * A day is the whole day in the county's zone. GDAL writes days as `2026-01-01T`.
 * @throws Problem that names the parameter.
 */
export function parseDatetime(text: string, timeZone: string): Interval {
  const parts = text.split('/');
  if (parts.length > 2) throw refused();
  if (parts.length === 1) return moment(text, timeZone);
  const [from = '', to = ''] = parts;
  if (DURATION.test(from) && DURATION.test(to)) throw refused();
  let interval: Interval;
  if (DURATION.test(to)) {
    const start = moment(from, timeZone).start;
    interval = { start, end: shifted(start!, to, 1) };
  } else if (DURATION.test(from)) {
    const end = moment(to, timeZone).end;
    interval = { start: shifted(end!, from, -1), end };
  } else {
    interval = {
      start: isOpen(from) ? null : moment(from, timeZone).start,
      end: isOpen(to) ? null : moment(to, timeZone).end,
    };
  }
  if (interval.start !== null && interval.end !== null && interval.start >= interval.end) {
    throw invalidParameter('datetime', '区间的起不能晚于止');
  }
  return interval;
}

const isOpen = (text: string): boolean => text === '..' || text === '';

/** The stretch that one end means: a millisecond, or a day. */
function moment(text: string, timeZone: string): Interval {
  const day = text.replace(/[Tt]$/, '');
  if (isDay(day)) {
    return { start: startOfDay(day, timeZone).getTime(), end: startOfDay(addDays(day, 1), timeZone).getTime() };
  }
  // A plus sign that was not percent-encoded arrives as a space.
  const instant = text.replace(' ', '+');
  if (!INSTANT.test(instant) || !isDay(instant.slice(0, 10))) throw refused();
  const at = Date.parse(instant.toUpperCase());
  if (Number.isNaN(at)) throw refused();
  return { start: at, end: at + 1 };
}

function shifted(at: number, duration: string, sign: 1 | -1): number {
  const [years, months, weeks, days, hours, minutes, seconds] = DURATION.exec(duration)!
    .slice(1)
    .map((n) => sign * Number(n ?? 0)) as [number, number, number, number, number, number, number];
  const date = new Date(at);
  date.setUTCFullYear(date.getUTCFullYear() + years, date.getUTCMonth() + months, date.getUTCDate() + weeks * 7 + days);
  const moved = date.getTime() + ((hours * 60 + minutes) * 60 + seconds) * 1000;
  // What PostgreSQL's timestamptz holds ends in 294276; nobody means a year of five digits.
  if (!(moved > Date.parse('0001-01-01T00:00:00Z') && moved < Date.parse('9999-12-31T00:00:00Z'))) throw refused();
  return moved;
}
