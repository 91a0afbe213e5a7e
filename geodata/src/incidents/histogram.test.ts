import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DICTIONARY, records } from './arbitrary.ts';
import { buildColumns } from './build.ts';
import { histogramOf } from './histogram.ts';
import { windowOf } from './window.ts';

const start = fc.oneof(
  fc.integer({ min: 1_699_999_990, max: 1_700_000_045 }),
  fc.double({ min: 1_699_999_990, max: 1_700_000_045, noNaN: true }),
);
const step = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.double({ min: 0.01, max: 20, noNaN: true }));
const count = fc.integer({ min: 0, max: 30 });

describe('histogram', () => {
  it('counts in each step the rows of that window, of those that are kept', () => {
    fc.assert(
      fc.property(records, start, step, count, fc.boolean(), (all, from, wide, many, some) => {
        const columns = buildColumns(all, DICTIONARY);
        const keeps = some ? (row: number) => columns.id[row]! % 3 === 0 : null;
        const counts = histogramOf(columns, from, wide, many, keeps);
        expect(counts.length).toBe(many);
        for (let i = 0; i < many; i++) {
          const { id } = windowOf(columns, from + i * wide, from + (i + 1) * wide);
          expect(counts[i], `step ${i}`).toBe([...id].filter((n) => !some || n % 3 === 0).length);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('loses no row between its steps', () => {
    fc.assert(
      fc.property(records, (all) => {
        const columns = buildColumns(all, DICTIONARY);
        const counts = histogramOf(columns, 1_700_000_000, 0.7, 60, null);
        expect(counts.reduce((sum, n) => sum + n, 0)).toBe(all.length);
      }),
    );
  });

  it.each([
    ['step', 0, 1],
    ['step', Number.NaN, 1],
    ['count', 1, -1],
    ['count', 1, 1.5],
  ])('refuses a %s that makes no bars', (name, wide, many) => {
    expect(() => histogramOf(buildColumns([], DICTIONARY), 0, wide, many, null)).toThrow(name);
  });
});
