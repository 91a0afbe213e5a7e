/**
 * The geometry of the timeline: which stretch it shows, how wide its bars are, and how the window on it is moved. All
 * times are seconds since 1970-01-01T00:00:00Z; bars begin with the hours, days and weeks of the county's clock.
 */
import { addDays, dayOf, HOUR, hourOf, secondOf, startOfDay } from './clock.ts';
import type { Window } from './period.ts';

/** A stretch of time, half-open; the same shape as a window, in the role of what is seen. */
export type Range = Window;

export const DAY = 24 * HOUR;
/** Widths of a bar. Hours and days are those of the clock; a week begins on Monday. */
export const STEPS = ['hour', '3h', '6h', 'day', 'week'] as const;
export type Step = (typeof STEPS)[number];
const SECONDS: Record<Step, number> = { hour: HOUR, '3h': 3 * HOUR, '6h': 6 * HOUR, day: DAY, week: 7 * DAY };

/** Pixels of a bar with its gap, at least. */
const LEAST_BAR = 3.6;
/** Hours of a window, at least. */
export const LEAST_WINDOW = HOUR;
/** The finest that the timeline is zoomed to. */
export const LEAST_RANGE = 2 * DAY;

/** The finest step whose bars can be told apart. */
export function stepFor(range: Range, width: number): Step {
  const fits = (step: Step) => (SECONDS[step] / (range.to - range.from)) * width >= LEAST_BAR;
  return STEPS.find(fits) ?? 'week';
}

/** Where bars begin and end: ascending, the first at or before the range, the last at or after its end. */
export function boundsOf(range: Range, step: Step, timeZone: string): number[] {
  const bounds: number[] = [];
  if (step === 'day' || step === 'week') {
    let day = dayOf(range.from, timeZone);
    if (step === 'week') day = addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
    for (; ; day = addDays(day, step === 'week' ? 7 : 1)) {
      bounds.push(startOfDay(day, timeZone));
      if (bounds.at(-1)! >= range.to) return bounds;
    }
  }
  const hours = SECONDS[step] / HOUR;
  // By the clock's hours from midnight on; a day of 23 or 25 hours has a shorter or longer bar.
  for (let day = dayOf(range.from, timeZone); ; day = addDays(day, 1)) {
    const next = startOfDay(addDays(day, 1), timeZone);
    for (let hour = 0; hour < 24; hour += hours) {
      const at = secondOf(`${day}T${String(hour).padStart(2, '0')}`, timeZone);
      if (at >= next || at <= (bounds.at(-1) ?? -1)) continue;
      if (at <= range.from) bounds[0] = at;
      else bounds.push(at);
      if (at >= range.to) return bounds;
    }
  }
}

/** Counts by hour from `start` on. */
export interface Hours {
  readonly start: number;
  readonly counts: Uint32Array;
}

/** What each bar counts. Bounds are whole hours from `hours.start`; what lies outside the hours counts nothing. */
export function barsOf({ start, counts }: Hours, bounds: readonly number[]): number[] {
  const index = (second: number) => Math.min(counts.length, Math.max(0, Math.round((second - start) / HOUR)));
  const bars: number[] = [];
  for (let i = 0; i + 1 < bounds.length; i++) {
    let sum = 0;
    for (let h = index(bounds[i]!); h < index(bounds[i + 1]!); h++) sum += counts[h]!;
    bars.push(sum);
  }
  return bars;
}

/** A round number at or above a value, coarse enough to stay while a few reports come in. */
export function roundUp(value: number): number {
  if (value <= 5) return 5;
  const decade = 10 ** Math.floor(Math.log10(value));
  for (const n of [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10]) if (n * decade >= value) return n * decade;
  return 10 * decade;
}

/** The whole window inside the limits, as long as it was; where it is longer than they are, they. */
export function clampInto(window: Window, limits: Range): Window {
  const length = window.to - window.from;
  if (length >= limits.to - limits.from) return { from: limits.from, to: limits.to };
  if (window.from < limits.from) return { from: limits.from, to: limits.from + length };
  if (window.to > limits.to) return { from: limits.to - length, to: limits.to };
  return window;
}

/** A second moved by hours, or by days of the calendar at the same hour of the clock. */
export function shifted(second: number, by: number, unit: 'hour' | 'day', timeZone: string): number {
  if (unit === 'hour') return second + by * HOUR;
  const hour = hourOf(second, timeZone);
  return secondOf(`${addDays(hour.slice(0, 10), by)}${hour.slice(10)}`, timeZone);
}

/** The unit by which a window moves at a width of bars: where bars are days or weeks, hours would not be seen. */
export const unitOf = (step: Step): 'hour' | 'day' => (step === 'day' || step === 'week' ? 'day' : 'hour');

/** The window moved by units, as long as it was on the clock, inside the limits. */
export function moved(window: Window, by: number, unit: 'hour' | 'day', limits: Range, timeZone: string): Window {
  const to = { from: shifted(window.from, by, unit, timeZone), to: shifted(window.to, by, unit, timeZone) };
  return clampInto(to, limits);
}

/** The start of the hour or day that lies nearest. */
export function snapped(second: number, unit: 'hour' | 'day', timeZone: string): number {
  if (unit === 'hour') {
    const start = secondOf(hourOf(second, timeZone), timeZone);
    return second - start < HOUR / 2 ? start : start + HOUR;
  }
  const day = dayOf(second, timeZone);
  const [start, next] = [startOfDay(day, timeZone), startOfDay(addDays(day, 1), timeZone)];
  return second - start < next - second ? start : next;
}

/** The window with one end put elsewhere; the ends do not pass each other, and stay inside the limits. */
export function resized(window: Window, end: 'from' | 'to', second: number, limits: Range): Window {
  return end === 'from'
    ? { from: Math.min(Math.max(second, limits.from), window.to - LEAST_WINDOW), to: window.to }
    : { from: window.from, to: Math.max(Math.min(second, limits.to), window.from + LEAST_WINDOW) };
}

/** The range made `factor` times as long around a second, inside the limits. */
export function zoomed(range: Range, factor: number, at: number, limits: Range): Range {
  const length = Math.min(Math.max((range.to - range.from) * factor, LEAST_RANGE), limits.to - limits.from);
  const share = (at - range.from) / (range.to - range.from);
  const from = at - share * length;
  return clampInto({ from, to: from + length }, limits);
}

/** The range moved as little as needed to show the window, or its nearer end where it is longer than the range. */
export function showing(range: Range, window: Window, limits: Range): Range {
  const length = range.to - range.from;
  if (window.from >= range.from && window.to <= range.to) return range;
  if (window.to - window.from > length) return clampInto({ from: window.from, to: window.to }, limits);
  const from = window.from < range.from ? window.from : window.to - length;
  return clampInto({ from, to: from + length }, limits);
}

/** How long a stretch a window is first seen in: long enough for its surroundings, short enough to be grabbed. */
export function rangeFor(window: Window, limits: Range): Range {
  const length = Math.min(Math.max((window.to - window.from) * 14, 14 * DAY), limits.to - limits.from);
  // A year is a year, not eleven months.
  const whole = length > 150 * DAY ? limits.to - limits.from : length;
  const middle = (window.from + window.to) / 2;
  return clampInto({ from: middle - whole / 2, to: middle + whole / 2 }, limits);
}

export interface Tick {
  readonly at: number;
  readonly unit: 'month' | 'day' | 'hour';
}

/** Pixels between labels, at least. */
const LEAST_LABEL = 64;

/** Where the axis is labelled: months, days or hours, as many as are legible. */
export function ticksOf(range: Range, width: number, timeZone: string): Tick[] {
  const perPixel = (range.to - range.from) / width;
  const least = LEAST_LABEL * perPixel;
  const inside = (at: number) => at >= range.from && at < range.to;
  if (range.to - range.from > 130 * DAY) {
    const every = [1, 2, 3, 6].find((n) => n * 28 * DAY >= least) ?? 12;
    const [year, month] = dayOf(range.from, timeZone).split('-').map(Number) as [number, number];
    const first = Math.floor((month - 1) / every) * every;
    const count = Math.ceil((range.to - range.from) / (28 * DAY)) + every;
    return Array.from({ length: Math.ceil(count / every) + 1 }, (_, i) => {
      const day = new Date(Date.UTC(year, first + i * every, 1)).toISOString().slice(0, 10);
      return { at: startOfDay(day, timeZone), unit: 'month' as const };
    }).filter(({ at }) => inside(at));
  }
  if (least > 12 * HOUR) {
    const every = [1, 2, 7, 14].find((n) => n * DAY >= least) ?? 28;
    const bounds = boundsOf(range, every >= 7 ? 'week' : 'day', timeZone);
    return bounds
      .filter((_, i) => i % (every >= 7 ? every / 7 : every) === 0)
      .filter(inside)
      .map((at) => ({ at, unit: 'day' as const }));
  }
  const every = [1, 3, 6, 12].find((n) => n * HOUR >= least) ?? 12;
  return boundsOf(range, 'hour', timeZone)
    .filter((at) => Number(hourOf(at, timeZone).slice(11)) % every === 0 && inside(at))
    .map((at) => ({ at, unit: hourOf(at, timeZone).endsWith('T00') ? ('day' as const) : ('hour' as const) }));
}
