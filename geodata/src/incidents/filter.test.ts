import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DICTIONARY, records } from './arbitrary.ts';
import { buildColumns } from './build.ts';
import { filterKey, type IncidentFilter, NO_FILTER, passes, pickRows, rowFilter } from './filter.ts';
import { KINDS, STATES, URGENCIES } from './incident.ts';

const some = <T>(values: readonly T[]) => fc.option(fc.subarray([...values]), { nil: null });
const filters: fc.Arbitrary<IncidentFilter> = fc.record({
  kinds: some(KINDS),
  categories: some([...DICTIONARY.categories, 'unheard-of']),
  urgencies: some(URGENCIES),
  states: some(STATES),
  open: fc.option(fc.boolean(), { nil: null }),
});

describe('filter', () => {
  it('passes the same incidents one by one and by row', () => {
    fc.assert(
      fc.property(records, filters, (all, filter) => {
        const columns = buildColumns(all, DICTIONARY);
        const picked = pickRows(columns, rowFilter(columns, filter));
        const kept = buildColumns(
          all.filter((record) => passes(filter, record)),
          DICTIONARY,
        );
        expect(picked).toEqual(kept);
      }),
    );
  });

  it('has one key for the same values in any order', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        const turned = { ...filter, states: filter.states && [...filter.states].reverse() };
        expect(filterKey(turned)).toBe(filterKey(filter));
      }),
    );
    expect(filterKey({ ...NO_FILTER, kinds: [] })).not.toBe(filterKey(NO_FILTER));
  });
});
