import { expect, test } from 'vitest';
import { addDays, dayOf, daysOf, daysWithin, isDay, lengthOf } from './period.ts';

test('a day is the county’s day, not the viewer’s', () => {
  expect(dayOf(new Date('2026-11-22T16:00:00Z'), 'Asia/Shanghai')).toBe('2026-11-23');
  expect(dayOf(new Date('2026-11-22T15:59:59Z'), 'Asia/Shanghai')).toBe('2026-11-22');
});

test('periods end today and have the length that they name', () => {
  const today = '2024-03-01';
  expect(lengthOf(daysOf('today', today, null))).toBe(1);
  expect(daysOf('7d', today, null)).toEqual({ from: '2024-02-24', to: today });
  expect(lengthOf(daysOf('30d', today, null))).toBe(30);
  expect(daysOf('month', '2024-02-29', null)).toEqual({ from: '2024-02-01', to: '2024-02-29' });
  expect(lengthOf(daysOf('year', today, null))).toBe(365);
  expect(daysOf('custom', today, { from: '2024-01-01', to: '2024-01-31' })).toEqual({
    from: '2024-01-01',
    to: '2024-01-31',
  });
});

test('a window ends before its last instant', () => {
  const window = { from: '2026-10-24T16:00:00Z', to: '2026-11-23T16:00:00Z' };
  expect(daysWithin(window, 'Asia/Shanghai')).toEqual({ from: '2026-10-25', to: '2026-11-23' });
});

test('only days that exist are days', () => {
  expect(isDay('2024-02-29')).toBe(true);
  expect(isDay('2023-02-29')).toBe(false);
  expect(isDay('2024-2-9')).toBe(false);
  expect(addDays('2023-12-31', 1)).toBe('2024-01-01');
});
