import { describe, expect, it } from 'vitest';
import { Problem } from '../http/problem.ts';
import { printed, windowFrom } from './window.ts';

const ZONE = 'Asia/Shanghai';
const NOW = new Date('2026-06-30T17:00:00Z'); // the first hour of 1 July in the county

const window = (from?: string, to?: string) => {
  const found = windowFrom({ from, to }, ZONE, NOW);
  return [printed(found.from), printed(found.to)];
};

describe('the window of a request', () => {
  it('is 30 days that end with today, or with the day that is named', () => {
    expect(window()).toEqual(['2026-06-01T16:00:00Z', '2026-07-01T16:00:00Z']);
    expect(window(undefined, '2026-03-31')).toEqual(['2026-03-01T16:00:00Z', '2026-03-31T16:00:00Z']);
    expect(window('2026-06-30')).toEqual(['2026-06-29T16:00:00Z', '2026-07-01T16:00:00Z']);
  });

  it('holds the whole of its last day, and stops short of its last instant', () => {
    expect(window('2026-06-30', '2026-06-30')).toEqual(['2026-06-29T16:00:00Z', '2026-06-30T16:00:00Z']);
    expect(window('2026-06-30T00:00:00Z', '2026-06-30T08:00:00+08:00')).toEqual([
      '2026-06-30T00:00:00Z',
      '2026-06-30T00:00:00Z',
    ]);
    expect(window('2026-06-30T00:00:00 08:00')[0]).toBe('2026-06-29T16:00:00Z');
    // Incidents stand at whole seconds: 00:00:00 is before 00:00:00.2, 00:00:01 is not.
    expect(window('2026-06-30T00:00:00.2Z')[0]).toBe('2026-06-30T00:00:01Z');
  });

  it.each(['2026-02-30', '2026-06-30T25:00:00Z', '2026-06-30T08:00:00', '1969-12-31', '2106-01-01', 'now', ''])(
    'refuses %s by the name of the parameter',
    (text) => {
      expect(() => window(text)).toThrow(Problem);
      try {
        window(text);
      } catch (error) {
        expect((error as Problem).errors[0]!.pointer).toBe('?from');
      }
    },
  );

  it('refuses a beginning behind its end', () => {
    expect(() => window('2026-06-30', '2026-06-28')).toThrow('from');
  });
});
