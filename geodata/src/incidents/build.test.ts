import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DICTIONARY, record, records } from './arbitrary.ts';
import { applyChanges, buildColumns, type IncidentRecord } from './build.ts';
import { NO_AREA, NO_POINT } from './columns.ts';

const base: IncidentRecord = {
  id: 7,
  kind: 'event',
  category: 'traffic',
  urgency: 'urgent',
  state: 'assigned',
  occurred_at: new Date('2026-03-01T00:00:00.900Z'),
  point: [103.1234567, 37.7654321],
  grid_id: 10,
  village_code: 'v1',
  township_code: 't1',
};

describe('columns of records', () => {
  test('hold what the records say, in time order and then by id', () => {
    const earlier = { ...base, id: 9, occurred_at: new Date('2026-02-01T00:00:00Z') };
    const same = { ...base, id: 3 };
    const columns = buildColumns([base, same, earlier], DICTIONARY);
    expect([...columns.id]).toEqual([9, 3, 7]);
    expect([...columns.occurred_at]).toEqual([1769904000, 1772323200, 1772323200]);
    expect([columns.lon[2], columns.lat[2]]).toEqual([1031234567, 377654321]);
    expect(columns.areas[columns.area[2]!]).toBe('v1');
    expect(columns.categories[columns.category[2]!]).toBe('traffic');
    expect([columns.kind[2], columns.urgency[2], columns.state[2], columns.grid[2]]).toEqual([1, 1, 2, 10]);
  });

  test('keep a place that is known only to township, or not at all', () => {
    const nowhere = { ...base, point: null, grid_id: null, village_code: null };
    const columns = buildColumns([nowhere, { ...nowhere, id: 8, township_code: null }], DICTIONARY);
    expect(columns.areas[columns.area[0]!]).toBe('t1');
    expect([columns.area[1], columns.grid[1], columns.lon[1], columns.lat[1]]).toEqual([
      NO_AREA,
      NO_AREA,
      NO_POINT,
      NO_POINT,
    ]);
    expect(columns.areas[NO_AREA]).toBe('');
  });

  test.each([
    ['category', { category: 'weather' }],
    ['village_code', { village_code: 'v9' }],
    ['id', { id: 0 }],
    ['id', { id: 2 ** 32 }],
    ['occurred_at', { occurred_at: new Date('1969-12-31T00:00:00Z') }],
  ])('refuse a record whose %s has no place in them', (field, change) => {
    expect(() => buildColumns([{ ...base, ...change }], DICTIONARY)).toThrow(field);
  });

  test('refuse an id that stands twice', () => {
    expect(() => buildColumns([base, { ...base }], DICTIONARY)).toThrow('incident 7: id');
  });

  test('do not depend on the order of records or divisions', () => {
    fc.assert(
      fc.property(records, (all) => {
        const reversed = { ...DICTIONARY, areas: [...DICTIONARY.areas].reverse() };
        expect(buildColumns(all.toReversed(), reversed)).toEqual(buildColumns(all, DICTIONARY));
      }),
    );
  });
});

describe('columns after changes', () => {
  const changes = fc
    .uniqueArray(fc.integer({ min: 1, max: 80 }), { maxLength: 12 })
    .chain((ids) => fc.tuple(...ids.map(record)));

  test('equal a rebuild, and the columns before them stay as they were', () => {
    fc.assert(
      fc.property(records, changes, (all, changed) => {
        const before = buildColumns(all, DICTIONARY);
        const copy = buildColumns(all, DICTIONARY);
        const ids = new Set(changed.map((r) => r.id));
        const rebuilt = buildColumns([...all.filter((r) => !ids.has(r.id)), ...changed], DICTIONARY);
        expect(applyChanges(before, changed)).toEqual(rebuilt);
        expect(before).toEqual(copy);
      }),
      { numRuns: 300 },
    );
  });

  test('refuse a division that the columns do not know', () => {
    const columns = buildColumns([base], DICTIONARY);
    expect(() => applyChanges(columns, [{ ...base, village_code: 'v9' }])).toThrow('village_code');
  });
});
