import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HOUR } from './clock.ts';
import { changeOf, comparedWindow, pointsOf } from './comparison.ts';

const at = (iso: string) => Date.parse(iso) / 1000;
const CHINA = 'Asia/Shanghai';
const LATER = at('2040-01-01T00:00:00Z');
const days = (from: string, to: string) => ({ from: at(`${from}T00:00:00+08:00`), to: at(`${to}T00:00:00+08:00`) });

test('环比 is the window just before, as long as the window', () => {
  expect(comparedWindow(days('2026-03-01', '2026-04-01'), 'prev', LATER, CHINA)).toEqual(
    days('2026-01-29', '2026-03-01'),
  );
});

test('同比 is the same days a year before, whatever length February has', () => {
  const yoy = (from: string, to: string) => comparedWindow(days(from, to), 'yoy', LATER, CHINA);
  expect(yoy('2026-03-01', '2026-04-01')).toEqual(days('2025-03-01', '2025-04-01'));
  expect(yoy('2024-02-01', '2024-03-01')).toEqual(days('2023-02-01', '2023-03-01'));
  expect(yoy('2024-02-01', '2024-02-29')).toEqual(days('2023-02-01', '2023-03-01'));
  expect(yoy('2024-02-29', '2024-03-01')).toEqual(days('2023-02-28', '2023-03-01'));
  expect(yoy('2025-02-01', '2025-03-01')).toEqual(days('2024-02-01', '2024-02-29'));
});

test('同比 goes by the clock where clocks change', () => {
  const window = { from: at('2026-03-10T08:00:00-04:00'), to: at('2026-03-11T08:00:00-04:00') };
  // On 2025-03-10 summer time had begun; on 2024-03-09 it had not.
  expect(comparedWindow(window, 'yoy', LATER, 'America/New_York')).toEqual({
    from: at('2025-03-10T08:00:00-04:00'),
    to: at('2025-03-11T08:00:00-04:00'),
  });
});

test('of a window that is not over only what has passed is compared', () => {
  const today = days('2026-07-01', '2026-07-02');
  const now = at('2026-07-01T14:07:30+08:00');
  expect(comparedWindow(today, 'prev', now, CHINA)).toEqual({
    from: at('2026-06-30T00:00:00+08:00'),
    to: at('2026-06-30T14:07:00+08:00'),
  });
  expect(comparedWindow(today, 'yoy', now, CHINA).to).toBe(at('2025-07-01T14:07:00+08:00'));
});

test('the compared window is earlier and never longer than a leap day more', () => {
  const hours = fc.integer({ min: at('2020-01-01T00:00:00Z') / HOUR, max: at('2029-01-01T00:00:00Z') / HOUR });
  fc.assert(
    fc.property(
      hours,
      fc.integer({ min: 1, max: 9000 }),
      fc.constantFrom('yoy' as const, 'prev' as const),
      (from, length, by) => {
        const window = { from: from * HOUR, to: (from + length) * HOUR };
        const before = comparedWindow(window, by, LATER, CHINA);
        expect(before.from).toBeLessThan(window.from);
        expect(Math.abs(before.to - before.from - (window.to - window.from))).toBeLessThanOrEqual(24 * HOUR);
        expect(before.to).toBeGreaterThan(before.from);
      },
    ),
  );
});

test('counts change by a share of what was, rates by points; of nothing there is no share', () => {
  expect(changeOf(106, 100)).toBeCloseTo(0.06);
  expect(changeOf(0, 100)).toBe(-1);
  expect(changeOf(5, 0)).toBeNull();
  expect(pointsOf({ part: 98, of: 100 }, { part: 97, of: 100 })).toBeCloseTo(1);
  expect(pointsOf({ part: 1, of: 1 }, { part: 0, of: 0 })).toBeNull();
});
