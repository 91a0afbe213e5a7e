/** Calendar days of a county's time zone, and the instants at which they begin. */
import type { IsoDay } from '@wangge/geodata/county/county';
import type { DayStart } from '@wangge/geodata/incidents/rollup';

const formats = new Map<string, Intl.DateTimeFormat>();

/** Wall-clock fields in a zone; making a format is slow, so one a zone is kept. */
function wallClock(timeZone: string, at: Date): Record<string, string> {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(timeZone, format);
  }
  return Object.fromEntries(format.formatToParts(at).map((p) => [p.type, p.value]));
}

/** The day on which an instant falls. */
export function dayOf(at: Date, timeZone: string): IsoDay {
  const { year, month, day } = wallClock(timeZone, at);
  return `${year!.padStart(4, '0')}-${month}-${day}`;
}

/** Whether it is a day of the calendar, `YYYY-MM-DD`, from year 100 to 9998: what JS and SQL both hold in any zone. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < '0100' || text >= '9999') return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text;
}

/** A day some days later, or earlier. */
export function addDays(day: IsoDay, days: number): IsoDay {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** The instant at which a day begins in a zone; not always midnight, where clocks change then. */
export function startOfDay(day: IsoDay, timeZone: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const halfDay = 43_200_000;
  // By the clock of half a day before and of half a day after; they differ only where the clocks change in between.
  const [early, late] = [midnight - halfDay, midnight + halfDay]
    .map((at) => midnight - offset(new Date(at), timeZone))
    .sort((x, y) => x - y) as [number, number];
  return new Date(dayOf(new Date(early), timeZone) === day ? early : late);
}

/** The days on which any of the instants falls, with their starts; instants are ascending seconds since 1970. */
export function daysWith(instants: ArrayLike<number>, timeZone: string): DayStart[] {
  const days: DayStart[] = [];
  const second = (day: IsoDay) => Math.ceil(startOfDay(day, timeZone).getTime() / 1000);
  for (let at = 0, [next, start] = ['', 0]; at < instants.length; ) {
    const day = dayOf(new Date(instants[at]! * 1000), timeZone);
    // Days mostly follow each other, and the end of one is the start of the next.
    days.push({ day, start: day === next ? start : second(day) });
    next = addDays(day, 1);
    start = second(next);
    do at++;
    while (at < instants.length && instants[at]! < start);
  }
  return days;
}

/** East of UTC, milliseconds. */
function offset(at: Date, timeZone: string): number {
  const { year, month, day, hour, minute, second } = wallClock(timeZone, at);
  return (
    Date.parse(`${year!.padStart(4, '0')}-${month}-${day}T${hour}:${minute}:${second}Z`) -
    Math.floor(at.getTime() / 1000) * 1000
  );
}
