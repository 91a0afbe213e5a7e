import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Dwelling, Grid } from '../../county/county.ts';
import type { TracedIncident } from '../../incidents/incident.ts';
import { addDays, DAY_MS, dayOf, dayStart } from '../calendar.ts';
import { dayReports } from './day.ts';
import type { World } from './places.ts';
import { hasSoundTrail } from './sound-trail.ts';

const SEED = 5;
const ANCHOR = '2026-11-22';
const DAY = '2026-12-04';
const LONG_AFTER = new Date('2030-01-01T00:00:00Z');

const GRIDS: Grid[] = Array.from({ length: 12 }, (_, i) => ({
  id: i + 1,
  code: `620622101200${String(i + 1).padStart(3, '0')}`,
  name: `第${i + 1}网格`,
  class: i < 3 ? 'community' : 'rural',
  village_code: '620622101200',
  managing_township_code: '620622101',
  owner_unit: null,
}));
const DWELLINGS: Dwelling[] = GRIDS.flatMap((grid) =>
  Array.from({ length: 6 }, (_, i) => ({
    id: grid.id * 10 + i,
    grid_id: grid.id,
    village_code: grid.village_code,
    point: [103 + grid.id / 50, 37.5 + i / 1000] as const,
    households: 20,
    population: 64,
    registered_households: null,
    registered_population: null,
  })),
);
const world: World = { grids: GRIDS, dwellings: DWELLINGS };

const on = (day: string, asOf = LONG_AFTER, perHour?: number): TracedIncident[] =>
  dayReports(world, { seed: SEED, anchor: ANCHOR, day, asOf, ...(perHour === undefined ? {} : { perHour }) });

describe('the reports of a day after the anchor day', () => {
  test('come at the rate that is asked for, by default the county’s of about 567 a day', () => {
    const weeks = Array.from({ length: 28 }, (_, i) => addDays(ANCHOR, i + 1));
    const mean = (perHour?: number) =>
      weeks.reduce((sum, day) => sum + on(day, LONG_AFTER, perHour).length, 0) / weeks.length;
    // Four weeks are not the year: their season is not its mean.
    expect(mean()).toBeGreaterThan(450);
    expect(mean()).toBeLessThan(700);
    const [slow, fast] = [mean(2), mean(100)];
    expect(fast / slow).toBeGreaterThan(40);
    expect(fast / slow).toBeLessThan(60);
    expect(mean(0)).toBe(0);
  });

  test('occurred on the day, are mostly collections and some disputes, and are drawn in time order', () => {
    const reports = on(DAY, LONG_AFTER, 200);
    for (const r of reports) expect(dayOf(r.occurred_at.getTime())).toBe(DAY);
    const times = reports.map((r) => r.occurred_at.getTime());
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    const share = (kind: string) => reports.filter((r) => r.kind === kind).length / reports.length;
    expect(share('collection')).toBeGreaterThan(0.6);
    expect(share('collection')).toBeLessThan(0.8);
    expect(share('dispute')).toBeGreaterThan(0.005);
    expect(share('dispute')).toBeLessThan(0.06);
  });

  test('are the same every time they are asked for, whatever was asked before', () => {
    const first = on(DAY);
    on(addDays(DAY, 1));
    dayReports(
      { grids: GRIDS.slice(1), dwellings: DWELLINGS },
      { seed: 9, anchor: ANCHOR, day: DAY, asOf: LONG_AFTER },
    );
    const turned = { grids: GRIDS.toReversed(), dwellings: DWELLINGS.toReversed() };
    expect(on(DAY)).toEqual(first);
    expect(dayReports(turned, { seed: SEED, anchor: ANCHOR, day: DAY, asOf: LONG_AFTER })).toEqual(first);
    expect(dayReports(world, { seed: SEED + 1, anchor: ANCHOR, day: DAY, asOf: LONG_AFTER })).not.toEqual(first);
  });

  test('never share a key with another day or rate', () => {
    const lists = [on(DAY), on(DAY, LONG_AFTER, 24), on(DAY, LONG_AFTER, 24.5), on(addDays(DAY, 1))];
    const keys = lists.flat().map((r) => r.external_id);
    expect(new Set(keys).size).toBe(keys.length);
    expect(lists[1]![0]!.external_id).toBe('20261204-r24-00001');
  });

  test('at any time: only what was reported by then, in the state it had by then; later nothing is lost', () => {
    const hours = fc.integer({ min: -5, max: 24 * 90 });
    fc.assert(
      fc.property(hours, hours, (a, b) => {
        const [soon, late] = [Math.min(a, b), Math.max(a, b)].map((h) => new Date(dayStart(DAY) + h * 3_600_000));
        const before = on(DAY, soon);
        const after = new Map(on(DAY, late).map((r) => [r.external_id, r]));
        for (const { state, state_at, trail, ...then } of before) {
          expect(then.reported_at <= soon! && state_at <= soon!).toBe(true);
          const { state: next, state_at: at, trail: longer, ...same } = after.get(then.external_id)!;
          expect(longer.slice(0, trail.length)).toEqual(trail);
          expect(same).toEqual(then);
          expect(next === state ? at.getTime() === state_at.getTime() : at >= state_at).toBe(true);
        }
      }),
      { numRuns: 20 },
    );
  });

  test('have a trail that begins with the report, ascends in time and ends at the state', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 24 * 90 }), (hours) => {
        const reports = on(DAY, new Date(dayStart(DAY) + hours * 3_600_000));
        expect(reports.filter((report) => !hasSoundTrail(report))).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  test('have all come in a week later, and in the end all are done', () => {
    const week = new Date(dayStart(DAY) + 8 * DAY_MS);
    expect(on(DAY, week)).toHaveLength(on(DAY).length);
    const open = on(DAY).filter((r) => !['closed', 'archived', 'rejected', 'duplicate', 'cancelled'].includes(r.state));
    expect(open).toEqual([]);
  });

  test('refuses a day of the reporting year, a rate that cannot be, and a world without dwellings', () => {
    expect(() => on(ANCHOR)).toThrow('reporting year');
    expect(() => on('2026-02-30')).toThrow('no calendar day');
    expect(() => on(DAY, LONG_AFTER, -1)).toThrow('perHour');
    expect(() => on(DAY, LONG_AFTER, Number.NaN)).toThrow('perHour');
    const bare = { grids: GRIDS, dwellings: [] };
    expect(() => dayReports(bare, { seed: 1, anchor: ANCHOR, day: DAY, asOf: LONG_AFTER })).toThrow('dwellings');
  });
});
