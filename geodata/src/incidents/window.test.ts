import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DICTIONARY, records } from './arbitrary.ts';
import { buildColumns } from './build.ts';
import { windowOf } from './window.ts';

const second = fc.integer({ min: 1_699_999_995, max: 1_700_000_045 });

test('a window holds the incidents of [from, to)', () => {
  fc.assert(
    fc.property(records, second, second, (all, from, to) => {
      const window = windowOf(buildColumns(all, DICTIONARY), from, to);
      const inside = all.filter((r) => {
        const at = Math.floor(r.occurred_at.getTime() / 1000);
        return from <= at && at < to;
      });
      expect(window).toEqual(buildColumns(inside, DICTIONARY));
    }),
  );
});

test('a window is a view on the same memory', () => {
  fc.assert(
    fc.property(records, second, second, (all, from, to) => {
      const columns = buildColumns(all, DICTIONARY);
      const window = windowOf(columns, from, to);
      for (const name of [
        'id',
        'occurred_at',
        'lon',
        'lat',
        'grid',
        'area',
        'category',
        'kind',
        'urgency',
        'state',
      ] as const) {
        expect(window[name].buffer).toBe(columns[name].buffer);
      }
    }),
    { numRuns: 20 },
  );
});
