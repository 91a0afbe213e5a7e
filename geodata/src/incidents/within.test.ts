import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DICTIONARY, DIVISIONS, GRIDS, PLACES, records } from './arbitrary.ts';
import { buildColumns } from './build.ts';
import { pickRows } from './filter.ts';
import { tally } from './tally.ts';
import { rowsWithin } from './within.ts';

it('counts in every area what the tally counts there', () => {
  fc.assert(
    fc.property(records, (all) => {
      const columns = buildColumns(all, DICTIONARY);
      const counts = tally(columns, PLACES);
      for (const { code } of DIVISIONS) {
        const rows = pickRows(columns, rowsWithin(columns, PLACES, { division: code }));
        expect(rows.length, code).toBe(counts.areas.get(code)!.reports.total);
      }
      for (const { id } of GRIDS) {
        const rows = pickRows(columns, rowsWithin(columns, PLACES, { grid: id }));
        expect(rows.length, String(id)).toBe(counts.grids.get(id)!.reports.total);
      }
    }),
  );
});

it('counts by its division a row whose grid is no longer among the places', () => {
  fc.assert(
    fc.property(records, (all) => {
      const columns = buildColumns(all, DICTIONARY);
      const places = { divisions: DIVISIONS, grids: GRIDS.filter((g) => g.id !== 31) };
      const counts = tally(columns, places);
      for (const { code } of DIVISIONS) {
        const rows = pickRows(columns, rowsWithin(columns, places, { division: code }));
        expect(rows.length, code).toBe(counts.areas.get(code)!.reports.total);
      }
    }),
  );
});
