import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, dayOf, HOUR, hourOf, isDay, isHour, offsetAt, secondOf, startOfDay } from './clock.ts';

const at = (iso: string) => Date.parse(iso) / 1000;
const ZONES = ['Asia/Shanghai', 'Asia/Kathmandu', 'America/New_York', 'Australia/Lord_Howe', 'America/Sao_Paulo'];
const seconds = fc.integer({ min: at('2000-01-01T00:00:00Z'), max: at('2040-01-01T00:00:00Z') });

test('a day is the county’s day, not the viewer’s', () => {
  expect(dayOf(at('2026-11-22T16:00:00Z'), 'Asia/Shanghai')).toBe('2026-11-23');
  expect(dayOf(at('2026-11-22T15:59:59Z'), 'Asia/Shanghai')).toBe('2026-11-22');
  expect(startOfDay('2026-11-23', 'Asia/Shanghai')).toBe(at('2026-11-22T16:00:00Z'));
});

test('China is eight hours ahead, and a place with summer time is as far as its clock says', () => {
  expect(offsetAt(at('2026-11-23T04:00:00Z'), 'Asia/Shanghai')).toBe(8 * HOUR);
  expect(offsetAt(at('2026-07-01T04:00:00Z'), 'America/New_York')).toBe(-4 * HOUR);
});

test('an hour begins at or before every second that it holds, in any zone', () => {
  fc.assert(
    fc.property(seconds, fc.constantFrom(...ZONES), (second, zone) => {
      const start = secondOf(hourOf(second, zone), zone);
      expect(start).toBeLessThanOrEqual(second);
      // Twice where the clock goes back: the first coming is meant.
      expect(second - start).toBeLessThan(2 * HOUR);
      expect(hourOf(start, zone)).toBe(hourOf(second, zone));
    }),
  );
});

test('an hour that the clock skips is the hour after it; one that comes twice is its first coming', () => {
  expect(secondOf('2026-03-08T02', 'America/New_York')).toBe(at('2026-03-08T07:00:00Z'));
  expect(secondOf('2026-11-01T01', 'America/New_York')).toBe(at('2026-11-01T05:00:00Z'));
});

test('only days and hours that exist are days and hours', () => {
  expect(isDay('2024-02-29')).toBe(true);
  expect(isDay('2023-02-29')).toBe(false);
  expect(isDay('2024-2-9')).toBe(false);
  expect(isHour('2024-02-29T23')).toBe(true);
  expect(isHour('2024-02-29T24')).toBe(false);
  expect(isHour('2023-02-29T08')).toBe(false);
  expect(addDays('2023-12-31', 1)).toBe('2024-01-01');
});
