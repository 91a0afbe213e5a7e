import { describe, expect, it } from 'vitest';
import { addDays, dayOf, isDay, startOfDay } from './day.ts';

describe('days of a zone', () => {
  it.each(['Asia/Shanghai', 'America/New_York', 'UTC', 'Pacific/Apia', 'America/Sao_Paulo'])(
    'begin where the day before ends, in %s, over the changes of the clocks',
    (zone) => {
      for (let day = '2017-09-01'; day < '2018-12-01'; day = addDays(day, 1)) {
        const start = startOfDay(day, zone);
        expect(dayOf(start, zone), day).toBe(day);
        expect(dayOf(new Date(start.getTime() - 1), zone) < day, day).toBe(true);
      }
    },
  );

  it('are days of the calendar', () => {
    expect(isDay('2024-02-29')).toBe(true);
    for (const no of [
      '2023-02-29',
      '2026-13-01',
      '2026-6-1',
      '0000-01-01',
      '9999-01-01',
      '+12026-01-01',
      '',
      '2026-01-01T',
    ]) {
      expect(isDay(no), no).toBe(false);
    }
  });
});
