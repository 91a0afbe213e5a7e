import { expect, test } from 'vitest';
import { addDays, dayOf, dayStart, daysBetween, festivalOn, weekday } from './calendar.ts';

test('days are those of Shanghai', () => {
  expect(new Date(dayStart('2026-11-22')).toISOString()).toBe('2026-11-21T16:00:00.000Z');
  expect(dayOf(Date.parse('2026-11-22T15:59:59Z'))).toBe('2026-11-22');
  expect(dayOf(Date.parse('2026-11-22T16:00:00Z'))).toBe('2026-11-23');
  expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
  expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
  expect([weekday('2026-11-23'), weekday('2026-11-22')]).toEqual([0, 6]);
});

test.each(['2026-02-30', '2026-13-01', '22.11.2026', ''])('%s is no day', (day) => {
  expect(() => dayStart(day)).toThrow('no calendar day');
});

test.each([
  ['spring', ['2020-01-25', '2023-01-22', '2025-01-29', '2026-02-17', '2027-02-06', '2030-02-03']],
  ['autumn', ['2020-10-01', '2023-09-29', '2025-10-06', '2026-09-25', '2027-09-15', '2028-10-03']],
] as const)('%s festivals fall on their days', (festival, days) => {
  for (const day of days) {
    // In 2020 the mid-autumn festival was the national day, which comes first here.
    expect(festivalOn(day)).toBe(day === '2020-10-01' ? 'national' : festival);
    expect(festivalOn(addDays(day, 1))).toBe(addDays(day, 1).endsWith('-10-01') ? 'national' : null);
  }
});

test('every festival of 2019 to 2040 is within a day of where the lunar calendar of the platform has it', () => {
  const lunar = new Intl.DateTimeFormat('en-u-ca-chinese', { month: 'numeric', day: 'numeric', timeZone: 'UTC' });
  const dateOf = (day: string) => {
    const parts = lunar.formatToParts(new Date(`${day}T12:00:00Z`));
    return ['month', 'day'].map((type) => parts.find((part) => part.type === type)?.value).join('-');
  };
  let found = 0;
  for (let day = '2019-01-01'; day < '2041-01-01'; day = addDays(day, 1)) {
    const festival = festivalOn(day);
    if (festival === null || festival === 'national') continue;
    found++;
    expect([-1, 0, 1].map((n) => dateOf(addDays(day, n)))).toContain(festival === 'spring' ? '1-1' : '8-15');
  }
  // 2020 and 2031 have 中秋 on the national day.
  expect(found).toBe(2 * 22 - 2);
});
