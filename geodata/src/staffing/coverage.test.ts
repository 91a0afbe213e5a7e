import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Absence, Assignment, Staff, Worker, WorkerKind } from '../county/county.ts';
import { coverageOn } from './coverage.ts';

const DAY = '2026-06-15';
const PLACES = {
  divisions: [
    { code: 'c', parent_code: null },
    { code: 't', parent_code: 'c' },
    { code: 'v1', parent_code: 't' },
    { code: 'v2', parent_code: 't' },
  ],
  grids: [
    { id: 1, village_code: 'v1' },
    { id: 2, village_code: 'v1' },
    { id: 3, village_code: 'v1' },
    { id: 4, village_code: 'v2' },
    { id: 5, village_code: 'v2' },
  ],
};

const worker = (id: number, kind: WorkerKind): Worker => ({
  id,
  kind,
  code: `网格员${id}`,
  work_phone: null,
  village_code: 'v1',
});
const holds = (worker_id: number, grid_id: number, more: Partial<Assignment> = {}): Assignment => ({
  worker_id,
  grid_id,
  duty: 'own',
  from: '2026-01-01',
  to: null,
  ...more,
});
const away = (worker_id: number, more: Partial<Absence> = {}): Absence => ({
  worker_id,
  reason: 'leave',
  from: '2026-06-10',
  to: '2026-06-20',
  ...more,
});

// Grid 1: 11 alone, with stability 21 and auxiliaries 31 and 32 (away).
// Grid 2: 12 away, covered by 13 of grid 3; grid 3 has 13 alone, who is thereby spread.
// Grid 4: 14 and 15; 14 also holds grid 5 as own. 15 is only at grid 4.
// Grid 5: 14 (spread) and auxiliary 33.
const STAFF: Staff = {
  workers: [
    ...[11, 12, 13, 14, 15].map((id) => worker(id, 'full_time')),
    worker(21, 'stability'),
    ...[31, 32, 33].map((id) => worker(id, 'auxiliary')),
  ],
  assignments: [
    holds(11, 1),
    holds(21, 1),
    holds(31, 1),
    holds(32, 1),
    holds(12, 2),
    holds(13, 2, { duty: 'cover', from: '2026-06-10', to: '2026-06-20' }),
    holds(13, 3),
    holds(14, 4),
    holds(14, 5),
    holds(15, 4),
    holds(33, 5),
    // Over before the day, and not begun on it.
    holds(15, 2, { from: '2025-01-01', to: '2026-06-15' }),
    holds(11, 5, { from: '2026-06-16' }),
  ],
  absences: [away(12), away(32)],
};

const classes = (staff: Staff | null, day = DAY) =>
  Object.fromEntries([...coverageOn(PLACES, staff, day).grids].map(([id, g]) => [id, g.coverage]));

describe('coverage on a day, five grids counted by hand', () => {
  test('gives each grid its class', () => {
    expect(classes(STAFF)).toEqual({ 1: 'own', 2: 'shared', 3: 'shared', 4: 'own', 5: 'shared' });
  });

  test('counts those on the register and those on post', () => {
    const { grids } = coverageOn(PLACES, STAFF, DAY);
    expect(grids.get(1)!.staff).toEqual({
      full_time: 1,
      stability: 1,
      auxiliary: 2,
      full_time_on_post: 1,
      stability_on_post: 1,
      auxiliary_on_post: 1,
    });
    // Covered from next door: its own worker is on the register and away; who covers is on another grid's register.
    expect(grids.get(2)!.staff).toMatchObject({ full_time: 1, full_time_on_post: 0 });
    expect(grids.get(4)!.staff).toMatchObject({ full_time: 2, full_time_on_post: 2 });
  });

  test('counts a worker once in a division, however many of its grids they hold', () => {
    const { areas } = coverageOn(PLACES, STAFF, DAY);
    expect(areas.get('v2')!.staff).toMatchObject({ full_time: 2, auxiliary: 1, full_time_on_post: 2 });
    expect(areas.get('c')).toEqual({
      staff: {
        full_time: 5,
        stability: 1,
        auxiliary: 3,
        full_time_on_post: 4,
        stability_on_post: 1,
        auxiliary_on_post: 2,
      },
      coverage: { own: 2, shared: 3, vacant: 0, unknown: 0 },
      uncovered: 0,
    });
  });

  test('follows the days: the first day of a period counts, the last does not', () => {
    expect(classes(STAFF, '2026-06-09')).toMatchObject({ 2: 'own', 3: 'own' });
    expect(classes(STAFF, '2026-06-10')).toMatchObject({ 2: 'shared', 3: 'shared' });
    expect(classes(STAFF, '2026-06-20')).toMatchObject({ 2: 'own', 3: 'own' });
    expect(classes(STAFF, '2025-12-31')).toMatchObject({ 1: 'vacant' });
  });

  test('names a grid without anyone, apart from one where others are on post', () => {
    const leave: Staff = { ...STAFF, absences: [...STAFF.absences, away(14), away(11)] };
    const { grids, areas } = coverageOn(PLACES, leave, DAY);
    expect([grids.get(1)!.coverage, grids.get(1)!.uncovered]).toEqual(['vacant', false]);
    expect([grids.get(5)!.coverage, grids.get(5)!.uncovered]).toEqual(['vacant', false]);
    const none = coverageOn(PLACES, { ...leave, absences: [...leave.absences, away(33)] }, DAY);
    expect([none.grids.get(5)!.coverage, none.grids.get(5)!.uncovered]).toEqual(['vacant', true]);
    expect([areas.get('c')!.uncovered, none.areas.get('c')!.uncovered]).toEqual([0, 1]);
  });

  test('a worker who only covers one grid makes it shared, not own', () => {
    const cover: Staff = { ...STAFF, assignments: [holds(11, 1, { duty: 'cover' })], absences: [] };
    expect(classes(cover)[1]).toBe('shared');
  });

  test('is unknown, not vacant, where the county has given no staff', () => {
    const { grids, areas } = coverageOn(PLACES, null, DAY);
    expect(grids.get(1)).toEqual({ coverage: 'unknown', staff: null, uncovered: null });
    expect(areas.get('t')).toEqual({
      staff: null,
      coverage: { own: 0, shared: 0, vacant: 0, unknown: 5 },
      uncovered: null,
    });
    expect(classes({ workers: [], assignments: [], absences: [] })[1]).toBe('vacant');
  });

  test('refuses an assignment of a worker who is not there', () => {
    expect(() => coverageOn(PLACES, { ...STAFF, workers: [] }, DAY)).toThrow('worker_id 11');
  });
});

test('the classes partition the grids, and on-post never exceeds the register', () => {
  const staff = fc
    .array(
      fc.record({
        grid: fc.integer({ min: 1, max: 6 }),
        duty: fc.constantFrom('own' as const, 'cover' as const),
        worker: fc.integer({ min: 1, max: 8 }),
      }),
      { maxLength: 20 },
    )
    .chain((posts) =>
      fc.subarray([1, 2, 3, 4, 5, 6, 7, 8]).map(
        (absent): Staff => ({
          workers: [1, 2, 3, 4, 5, 6, 7, 8].map((id) =>
            worker(id, id <= 4 ? 'full_time' : id <= 6 ? 'stability' : 'auxiliary'),
          ),
          assignments: posts.map((p) => holds(p.worker, p.grid, { duty: p.duty })),
          absences: absent.map((id) => away(id)),
        }),
      ),
    );
  fc.assert(
    fc.property(staff, (given) => {
      const { grids, areas } = coverageOn(PLACES, given, DAY);
      const county = areas.get('c')!;
      for (const name of ['own', 'shared', 'vacant', 'unknown'] as const) {
        expect(county.coverage[name]).toBe([...grids.values()].filter((g) => g.coverage === name).length);
      }
      expect(Object.values(county.coverage).reduce((a, b) => a + b)).toBe(PLACES.grids.length);
      for (const { staff: counts } of [...grids.values(), ...areas.values()]) {
        for (const kind of ['full_time', 'stability', 'auxiliary'] as const) {
          expect(counts![`${kind}_on_post`]).toBeLessThanOrEqual(counts![kind]);
        }
      }
      const posted = new Set(
        given.assignments.filter((a) => a.duty === 'own' && a.grid_id <= 5).map((a) => a.worker_id),
      );
      const { full_time, stability, auxiliary } = county.staff!;
      expect(full_time + stability + auxiliary).toBe(posted.size);
    }),
  );
});
