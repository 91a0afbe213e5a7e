import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DICTIONARY, DIVISIONS, GRIDS, PLACES, records } from './arbitrary.ts';
import { buildColumns, type IncidentRecord } from './build.ts';
import { ENDED } from './incident.ts';
import { type IncidentCounts, tally } from './tally.ts';

/** Figures straight from the records, as one would count by hand. */
function counted(list: readonly IncidentRecord[]): IncidentCounts {
  const of = (kind: string) => list.filter((r) => r.kind === kind).length;
  const work = list.filter((r) => r.kind !== 'collection');
  return {
    reports: {
      total: list.length,
      collection: of('collection'),
      event: of('event'),
      dispute: of('dispute'),
      unlocated: list.filter((r) => r.point === null).length,
    },
    disputes: {
      total: of('dispute'),
      resolved: list.filter((r) => r.kind === 'dispute' && ['closed', 'archived'].includes(r.state)).length,
    },
    open: { total: work.filter((r) => !ENDED.has(r.state)).length, of: work.length },
    by_category: Object.fromEntries(
      DICTIONARY.categories.map((code) => [code, list.filter((r) => r.category === code).length]),
    ),
  };
}

/** Codes of a division and all above it. */
const upwards = (code: string | null): string[] =>
  code === null ? [] : [code, ...upwards(DIVISIONS.find((d) => d.code === code)!.parent_code)];

const areasOf = (r: IncidentRecord): string[] => {
  const village = GRIDS.find((g) => g.id === r.grid_id)?.village_code ?? r.village_code;
  const known = upwards(village ?? r.township_code);
  return known.length > 0 ? known : ['c'];
};

describe('a tally', () => {
  test('equals a count by hand in every grid and division', () => {
    fc.assert(
      fc.property(records, (all) => {
        const { grids, areas } = tally(buildColumns(all, DICTIONARY), PLACES);
        for (const { id } of GRIDS) expect(grids.get(id)).toEqual(counted(all.filter((r) => r.grid_id === id)));
        for (const { code } of DIVISIONS) {
          expect(areas.get(code), code).toEqual(counted(all.filter((r) => areasOf(r).includes(code))));
        }
      }),
      { numRuns: 200 },
    );
  });

  test('loses nothing that lies in a grid which is no longer there: its division still counts it', () => {
    fc.assert(
      fc.property(records, (all) => {
        const fewer = { ...PLACES, grids: GRIDS.filter((g) => g.id !== 30) };
        const { areas } = tally(buildColumns(all, DICTIONARY), fewer);
        expect(areas.get('c')!.reports.total).toBe(all.length);
        expect(areas.get('v3')).toEqual(counted(all.filter((r) => areasOf(r).includes('v3'))));
      }),
    );
  });

  test('is the same for grid ids too great for a table', () => {
    fc.assert(
      fc.property(records, (all) => {
        const far = 3_000_000_000;
        const moved = all.map((r) => ({ ...r, grid_id: r.grid_id && r.grid_id + far }));
        const places = { ...PLACES, grids: GRIDS.map((g) => ({ ...g, id: g.id + far })) };
        const { areas, grids } = tally(buildColumns(moved, DICTIONARY), places);
        const near = tally(buildColumns(all, DICTIONARY), PLACES);
        expect(areas).toEqual(near.areas);
        expect(grids.get(10 + far)).toEqual(near.grids.get(10));
      }),
      { numRuns: 30 },
    );
  });

  test('refuses divisions that are no tree', () => {
    const columns = buildColumns([], DICTIONARY);
    const grids: typeof GRIDS = [];
    expect(() => tally(columns, { grids, divisions: [...DIVISIONS, { code: 'x', parent_code: 'y' }] })).toThrow('x');
    expect(() => tally(columns, { grids, divisions: [...DIVISIONS, { code: 'x', parent_code: null }] })).toThrow(
      'parent_code',
    );
    const circle = [
      { code: 'a', parent_code: 'b' },
      { code: 'b', parent_code: 'a' },
    ];
    expect(() => tally(columns, { grids, divisions: [...DIVISIONS, ...circle] })).toThrow('lead back');
  });
});
