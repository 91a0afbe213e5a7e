import { describe, expect, it } from 'vitest';
import { instantOf } from './profile-time.ts';

const iso = (text: string, zone: string) => instantOf(text, zone)?.toISOString() ?? null;

describe('times of a profile', () => {
  it.each([
    ['2026-03-05T08:30:00+08:00', 'America/New_York', '2026-03-05T00:30:00.000Z'],
    ['2016-08-05T19:36:07.000Z', 'Asia/Shanghai', '2016-08-05T19:36:07.000Z'],
    ['2026-03-05 08:30', 'Asia/Shanghai', '2026-03-05T00:30:00.000Z'],
    ['2026/3/5 8:30', 'Asia/Shanghai', '2026-03-05T00:30:00.000Z'],
    ['2026-03-05', 'Asia/Shanghai', '2026-03-04T16:00:00.000Z'],
    ['2026-07-01 12:00:30', 'America/New_York', '2026-07-01T16:00:30.000Z'],
    ['2026-01-01 12:00', 'America/New_York', '2026-01-01T17:00:00.000Z'],
  ])('reads %s in %s', (text, zone, expected) => {
    expect(iso(text, zone)).toBe(expected);
  });

  it('reads a local time beside a change of the clock', () => {
    expect(iso('2026-11-01 01:30', 'America/New_York')).toBe('2026-11-01T05:30:00.000Z');
    expect(iso('2026-03-08 01:59', 'America/New_York')).toBe('2026-03-08T06:59:00.000Z');
    expect(iso('2026-03-08 03:00', 'America/New_York')).toBe('2026-03-08T07:00:00.000Z');
  });

  it.each(['', 'yesterday', '2026-02-30', '2026-13-01', '2026-01-01 25:00', '08:30'])('refuses “%s”', (text) => {
    expect(instantOf(text, 'Asia/Shanghai')).toBeNull();
  });
});
