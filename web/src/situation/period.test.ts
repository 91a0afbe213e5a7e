import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HOUR } from './clock.ts';
import { daysOf, heldFrom, isWholeDays, lengthOf, type PERIODS, spanOf, windowOf } from './period.ts';

const at = (iso: string) => Date.parse(iso) / 1000;
const CHINA = 'Asia/Shanghai';
const noon = at('2024-03-01T12:00:00+08:00');
const daysFor = (period: (typeof PERIODS)[number], now = noon) => daysOf(windowOf(period, now, CHINA, null), CHINA);

test('periods of days end with today and have the length that they name', () => {
  expect(daysFor('today')).toEqual({ from: '2024-03-01', to: '2024-03-01' });
  expect(daysFor('7d')).toEqual({ from: '2024-02-24', to: '2024-03-01' });
  expect(lengthOf(daysFor('30d'))).toBe(30);
  expect(daysFor('month', at('2024-02-29T12:00:00+08:00'))).toEqual({ from: '2024-02-01', to: '2024-02-29' });
  expect(daysFor('ytd')).toEqual({ from: '2024-01-01', to: '2024-03-01' });
  expect(lengthOf(daysFor('year'))).toBe(365);
});

test('the watch goes from eight to eight', () => {
  expect(windowOf('duty', noon, CHINA, null)).toEqual({
    from: at('2024-02-29T08:00:00+08:00'),
    to: at('2024-03-01T08:00:00+08:00'),
  });
  // A day on which the clock skips an hour has a watch of 23 hours.
  const watch = windowOf('duty', at('2026-03-08T12:00:00-04:00'), 'America/New_York', null);
  expect(watch.to - watch.from).toBe(23 * HOUR);
});

test('free hours are the hours of the county’s clock', () => {
  const span = { from: '2026-06-30T08', to: '2026-07-01T08' };
  const window = windowOf('custom', noon, CHINA, span);
  expect(window).toEqual({ from: at('2026-06-30T08:00:00+08:00'), to: at('2026-07-01T08:00:00+08:00') });
  expect(isWholeDays(window, CHINA)).toBe(false);
  expect(windowOf('custom', noon, CHINA, null)).toEqual(windowOf('30d', noon, CHINA, null));
});

test('a window of whole hours comes back from its span, in any zone without summer time', () => {
  const hours = fc.integer({ min: at('2020-01-01T00:00:00Z') / HOUR, max: at('2030-01-01T00:00:00Z') / HOUR });
  fc.assert(
    fc.property(hours, fc.integer({ min: 1, max: 9000 }), (from, length) => {
      const window = { from: from * HOUR, to: (from + length) * HOUR };
      expect(windowOf('custom', noon, CHINA, spanOf(window, CHINA))).toEqual(window);
    }),
  );
});

test('a window ends before its last instant', () => {
  const window = { from: at('2026-10-24T16:00:00Z'), to: at('2026-11-23T16:00:00Z') };
  expect(daysOf(window, CHINA)).toEqual({ from: '2026-10-25', to: '2026-11-23' });
  expect(isWholeDays(window, CHINA)).toBe(true);
});

test('a little more than a year is held, from the beginning of a month, also after long months', () => {
  expect(heldFrom(at('2026-07-31T12:00:00+08:00'), CHINA)).toBe(at('2025-06-01T00:00:00+08:00'));
  expect(heldFrom(at('2026-01-31T12:00:00+08:00'), CHINA)).toBe(at('2024-12-01T00:00:00+08:00'));
});
