import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DICTIONARY, records } from './arbitrary.ts';
import { buildColumns } from './build.ts';
import { precisionOf } from './precision.ts';

const WORDS = { c: 'county', t: 'township', v: 'village' } as const;
const LEVELS = new Map([...DICTIONARY.areas].map((code) => [code, WORDS[code[0] as keyof typeof WORDS]]));

it('is what the record knows of its place', () => {
  fc.assert(
    fc.property(records, (all) => {
      const columns = buildColumns(all, DICTIONARY);
      const precision = precisionOf(columns, LEVELS);
      const known = new Map(
        all.map((r) => [
          r.id,
          r.point
            ? 'point'
            : r.grid_id !== null
              ? 'grid'
              : r.village_code !== null
                ? 'village'
                : r.township_code !== null
                  ? 'township'
                  : 'unknown',
        ]),
      );
      for (let row = 0; row < columns.length; row++) expect(precision(row)).toBe(known.get(columns.id[row]!));
    }),
  );
});
