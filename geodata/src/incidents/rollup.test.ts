import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DICTIONARY, DIVISIONS, GRIDS, PLACES, records } from './arbitrary.ts';
import { buildColumns, type IncidentRecord } from './build.ts';
import { isOpen, KINDS, URGENCIES } from './incident.ts';
import { type DayStart, type Rollup, rollup } from './rollup.ts';
import { tally } from './tally.ts';

/** "Days" of ten seconds, some without a report. */
const DAYS: readonly DayStart[] = Array.from({ length: 6 }, (_, i) => ({
  day: `2023-11-${14 + i}`,
  start: 1_700_000_000 + 10 * i,
}));

/** Cells in words, as one would read them. */
const cellsOf = (r: Rollup): [string, number][] =>
  Array.from({ length: r.length }, (_, i) => {
    const place = r.places[r.place[i]!]!;
    const words = [
      'grid' in place ? `grid ${place.grid}` : place.division,
      r.days[r.day[i]!],
      r.categories[r.category[i]!],
      KINDS[r.kind[i]!],
      URGENCIES[r.urgency[i]!],
      r.open[i] === 1 ? 'open' : '',
    ];
    return [words.join(' '), r.count[i]!];
  });

function counted(all: readonly IncidentRecord[], grids: readonly { readonly id: number }[]): Map<string, number> {
  const cells = new Map<string, number>();
  for (const r of all) {
    const place = grids.some((g) => g.id === r.grid_id)
      ? `grid ${r.grid_id}`
      : (r.village_code ?? r.township_code ?? 'c');
    const second = Math.floor(r.occurred_at.getTime() / 1000);
    const { day } = DAYS.findLast((d) => d.start <= second)!;
    const open = isOpen(r.kind, r.state) ? 'open' : '';
    const key = [place, day, r.category, r.kind, r.urgency, open].join(' ');
    cells.set(key, (cells.get(key) ?? 0) + 1);
  }
  return cells;
}

describe('rollup', () => {
  it('equals a count by hand in every cell, and loses no row', () => {
    fc.assert(
      fc.property(records, fc.subarray([...GRIDS]), (all, grids) => {
        const found = rollup(buildColumns(all, DICTIONARY), { ...PLACES, grids }, DAYS);
        expect(new Map(cellsOf(found))).toEqual(counted(all, grids));
        expect(found.count.reduce((sum, n) => sum + n, 0)).toBe(all.length);
      }),
      { numRuns: 300 },
    );
  });

  it('has its cells in order, each once, and only places and days that have one', () => {
    fc.assert(
      fc.property(records, (all) => {
        const r = rollup(buildColumns(all, DICTIONARY), PLACES, DAYS);
        for (let i = 1; i < r.length; i++) {
          const key = (n: number) => [r.place[n]!, r.day[n]!, r.category[n]!, r.kind[n]!, r.urgency[n]!, r.open[n]!];
          const at = key(i).findIndex((value, field) => value !== key(i - 1)[field]);
          expect(key(i)[at]!).toBeGreaterThan(key(i - 1)[at]!);
        }
        expect(new Set(r.place).size).toBe(r.places.length);
        expect(new Set(r.day).size).toBe(r.days.length);
        expect([...r.days]).toEqual([...r.days].sort());
      }),
    );
  });

  it('adds up to the tally of the county, whatever order its places have', () => {
    fc.assert(
      fc.property(records, (all) => {
        const columns = buildColumns(all, DICTIONARY);
        const r = rollup(columns, PLACES, DAYS);
        const { reports, open } = tally(columns, PLACES).areas.get('c')!;
        const sum = (passes: (cell: number) => boolean) =>
          r.count.reduce((total, n, i) => total + (passes(i) ? n : 0), 0);
        for (const kind of KINDS) expect(sum((i) => KINDS[r.kind[i]!] === kind)).toBe(reports[kind]);
        expect(sum((i) => r.open[i] === 1)).toBe(open.total);
        expect(sum((i) => KINDS[r.kind[i]!] !== 'collection')).toBe(open.of);
        const turned = { divisions: [...DIVISIONS].reverse(), grids: [...GRIDS].reverse() };
        expect(rollup(columns, turned, DAYS)).toEqual(r);
      }),
    );
  });

  it('counts the rows that are kept', () => {
    fc.assert(
      fc.property(records, (all) => {
        const columns = buildColumns(all, DICTIONARY);
        const even = buildColumns(
          all.filter((r) => r.id % 2 === 0),
          DICTIONARY,
        );
        const kept = rollup(columns, PLACES, DAYS, (row) => columns.id[row]! % 2 === 0);
        expect(kept).toEqual(rollup(even, PLACES, DAYS));
      }),
    );
  });

  it('refuses a row before the first day', () => {
    fc.assert(
      fc.property(records, (all) => {
        fc.pre(all.length > 0);
        const later = DAYS.map((d) => ({ ...d, start: d.start + 1000 }));
        expect(() => rollup(buildColumns(all, DICTIONARY), PLACES, later)).toThrow('before the first day');
      }),
      { numRuns: 20 },
    );
  });
});
