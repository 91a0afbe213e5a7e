import { buildColumns } from '@wangge/geodata/incidents/build';
import { histogramOf } from '@wangge/geodata/incidents/histogram';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, HOUR, hourOf, startOfDay } from './clock.ts';
import {
  barsOf,
  boundsOf,
  clampInto,
  DAY,
  LEAST_RANGE,
  LEAST_WINDOW,
  moved,
  rangeFor,
  resized,
  roundUp,
  STEPS,
  showing,
  snapped,
  stepFor,
  ticksOf,
  zoomed,
} from './timeline.ts';

const at = (iso: string) => Date.parse(iso) / 1000;
const ZONES = ['Asia/Shanghai', 'Asia/Kathmandu', 'America/New_York', 'America/Sao_Paulo'];
const CHINA = 'Asia/Shanghai';
const YEAR = { from: at('2025-07-01T00:00:00+08:00'), to: at('2026-07-02T00:00:00+08:00') };

/** Some stretch of a decade, in whole seconds. */
const ranges = fc
  .tuple(
    fc.integer({ min: at('2020-01-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z') }),
    fc.integer({ min: LEAST_RANGE, max: 400 * DAY }),
  )
  .map(([from, length]) => ({ from, to: from + length }));

test('bars cover the range without a gap, from clock to clock, in any zone', () => {
  fc.assert(
    fc.property(ranges, fc.constantFrom(...STEPS), fc.constantFrom(...ZONES), (range, step, zone) => {
      // Hours of a year are never drawn: they would be thinner than a pixel.
      const seen = step === 'day' || step === 'week' ? range : { from: range.from, to: range.from + 10 * DAY };
      const bounds = boundsOf(seen, step, zone);
      expect(bounds[0]).toBeLessThanOrEqual(seen.from);
      expect(bounds.at(-1)).toBeGreaterThanOrEqual(seen.to);
      expect(bounds[1]).toBeGreaterThan(seen.from);
      expect(bounds.at(-2)).toBeLessThan(seen.to);
      for (let i = 1; i < bounds.length; i++) expect(bounds[i]).toBeGreaterThan(bounds[i - 1]!);
      const hours = bounds.map((bound) => Number(hourOf(bound, zone).slice(11)));
      if (step === 'day' || step === 'week') expect(hours.every((hour) => hour <= 1)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('a week begins on Monday, and a day of 23 hours is one bar', () => {
  const bounds = boundsOf(
    { from: at('2026-07-01T12:00:00+08:00'), to: at('2026-07-15T00:00:00+08:00') },
    'week',
    CHINA,
  );
  expect(bounds.map((bound) => hourOf(bound, CHINA))).toEqual([
    '2026-06-29T00',
    '2026-07-06T00',
    '2026-07-13T00',
    '2026-07-20T00',
  ]);
  const [start, next] = boundsOf(
    { from: at('2026-03-08T05:00:00Z'), to: at('2026-03-10T04:00:00Z') },
    'day',
    'America/New_York',
  );
  expect(next! - start!).toBe(23 * HOUR);
});

test('bars of any width count every report exactly once', () => {
  const from = startOfDay('2026-03-01', 'America/New_York');
  const record = (id: number, second: number) => ({
    id,
    occurred_at: new Date(second * 1000),
    point: null,
    grid_id: 1,
    village_code: null,
    township_code: null,
    category: 'a',
    kind: 'event' as const,
    urgency: 'normal' as const,
    state: 'closed' as const,
  });
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 30 * DAY - 1 }), { maxLength: 60 }),
      fc.constantFrom(...STEPS),
      (offsets, step) => {
        const columns = buildColumns(
          offsets.map((offset, i) => record(i + 1, from + offset)),
          { areas: [], categories: ['a'] },
        );
        const hours = { start: from, counts: histogramOf(columns, from, HOUR, 30 * 24, null) };
        const bounds = boundsOf({ from, to: from + 30 * DAY }, step, 'America/New_York');
        const bars = barsOf(hours, bounds);
        expect(bars.length).toBe(bounds.length - 1);
        expect(bars.reduce((sum, count) => sum + count, 0)).toBe(offsets.length);
        bars.forEach((count, i) => {
          const inside = offsets.filter((o) => from + o >= bounds[i]! && from + o < bounds[i + 1]!);
          expect(count).toBe(inside.length);
        });
      },
    ),
    { numRuns: 60 },
  );
});

test('a year is seen by days on a screen and by weeks on a telephone, two days by hours', () => {
  expect(stepFor(YEAR, 1500)).toBe('day');
  expect(stepFor(YEAR, 360)).toBe('week');
  expect(stepFor({ from: YEAR.to - 2 * DAY, to: YEAR.to }, 1500)).toBe('hour');
});

test('what moves keeps its length and stays inside the limits', () => {
  const windows = fc
    .tuple(fc.integer({ min: 0, max: 300 * 24 }), fc.integer({ min: 1, max: 60 * 24 }))
    .map(([from, length]) => ({ from: YEAR.from + from * HOUR, to: YEAR.from + (from + length) * HOUR }));
  fc.assert(
    fc.property(
      windows,
      fc.integer({ min: -400, max: 400 }),
      fc.constantFrom('hour' as const, 'day' as const),
      (window, by, unit) => {
        const to = moved(window, by, unit, YEAR, CHINA);
        expect(to.to - to.from).toBe(window.to - window.from);
        expect(to.from).toBeGreaterThanOrEqual(YEAR.from);
        expect(to.to).toBeLessThanOrEqual(YEAR.to);
      },
    ),
  );
  expect(clampInto({ from: YEAR.from - DAY, to: YEAR.to + DAY }, YEAR)).toEqual(YEAR);
});

test('a day further on is the same hour of the clock, also where the clock changed', () => {
  const watch = { from: at('2026-03-07T08:00:00-05:00'), to: at('2026-03-08T08:00:00-04:00') };
  const next = moved(watch, 1, 'day', { from: 0, to: at('2027-01-01T00:00:00Z') }, 'America/New_York');
  expect(next).toEqual({ from: at('2026-03-08T08:00:00-04:00'), to: at('2026-03-09T08:00:00-04:00') });
});

test('the ends of a window never pass each other', () => {
  const window = { from: YEAR.from, to: YEAR.from + 5 * DAY };
  expect(resized(window, 'from', window.to + DAY, YEAR)).toEqual({ from: window.to - LEAST_WINDOW, to: window.to });
  expect(resized(window, 'to', window.from - DAY, YEAR)).toEqual({ from: window.from, to: window.from + LEAST_WINDOW });
  expect(resized(window, 'to', YEAR.to + DAY, YEAR).to).toBe(YEAR.to);
});

test('snaps to the nearest hour or day of the clock', () => {
  expect(snapped(at('2026-07-01T08:29:59+08:00'), 'hour', CHINA)).toBe(at('2026-07-01T08:00:00+08:00'));
  expect(snapped(at('2026-07-01T08:30:00+08:00'), 'hour', CHINA)).toBe(at('2026-07-01T09:00:00+08:00'));
  expect(snapped(at('2026-07-01T11:00:00+08:00'), 'day', CHINA)).toBe(at('2026-07-01T00:00:00+08:00'));
  expect(snapped(at('2026-07-01T13:00:00+08:00'), 'day', CHINA)).toBe(at('2026-07-02T00:00:00+08:00'));
});

test('zooming keeps the place under the pointer, down to days and up to all that there is', () => {
  const pointer = YEAR.from + 100 * DAY;
  const near = zoomed(YEAR, 0.25, pointer, YEAR);
  const share = (range: typeof YEAR) => (pointer - range.from) / (range.to - range.from);
  expect(share(near)).toBeCloseTo(share(YEAR), 6);
  const nearest = zoomed(near, 1e-9, pointer, YEAR);
  expect(nearest.to - nearest.from).toBe(LEAST_RANGE);
  expect(zoomed(near, 1e9, pointer, YEAR)).toEqual(YEAR);
});

test('a window is first seen with its surroundings, and the range follows it no further than it must', () => {
  const day = { from: YEAR.to - DAY, to: YEAR.to };
  const range = rangeFor(day, YEAR);
  expect(range.to).toBe(YEAR.to);
  expect(range.to - range.from).toBe(14 * DAY);
  expect(rangeFor({ from: YEAR.to - 30 * DAY, to: YEAR.to }, YEAR)).toEqual(YEAR);
  expect(showing(range, day, YEAR)).toBe(range);
  const before = { from: range.from - DAY, to: range.from };
  expect(showing(range, before, YEAR)).toEqual({ from: before.from, to: before.from + 14 * DAY });
});

test('the scale is round, above the value, and does not run far beyond it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), (value) => {
      const top = roundUp(value);
      expect(top).toBeGreaterThanOrEqual(value);
      if (value > 5) expect(top).toBeLessThanOrEqual(value * 1.4);
    }),
  );
});

test('labels stand inside the range and never closer than they are legible', () => {
  fc.assert(
    fc.property(ranges, fc.constantFrom(360, 900, 1560), fc.constantFrom(...ZONES), (range, width, zone) => {
      const ticks = ticksOf(range, width, zone);
      expect(ticks.length).toBeGreaterThan(0);
      const perPixel = (range.to - range.from) / width;
      ticks.forEach(({ at }, i) => {
        expect(at).toBeGreaterThanOrEqual(range.from);
        expect(at).toBeLessThan(range.to);
        if (i > 0) expect((at - ticks[i - 1]!.at) / perPixel).toBeGreaterThan(50);
      });
    }),
    { numRuns: 60 },
  );
  expect(ticksOf(YEAR, 1500, CHINA).map(({ unit }) => unit)).toEqual(Array(13).fill('month'));
});

test('a day has as many hours as the clock says', () => {
  for (const [day, hours] of [
    ['2026-03-08', 23],
    ['2026-11-01', 25],
  ] as const) {
    const range = { from: startOfDay(day, 'America/New_York'), to: startOfDay(addDays(day, 1), 'America/New_York') };
    expect((range.to - range.from) / HOUR).toBe(hours);
  }
});
