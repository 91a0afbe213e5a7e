import { beforeAll, describe, expect, test } from 'vitest';
import { localPlane } from '../../crs/plane.ts';
import type { Incident, TracedIncident } from '../../incidents/incident.ts';
import { toDegrees, toLattice } from '../../mesh/lattice.ts';
import { boundsOf, type Locator, meshLocator } from '../../mesh/locate.ts';
import { addDays, dayOf, dayStart, daysBetween } from '../calendar.ts';
import { gulangDwellings } from '../dwellings.ts';
import { random } from '../random.ts';
import { gulangTiling } from '../tiling.ts';
import { CATEGORIES } from './categories.ts';
import { clusterSite, PLANTED_CLUSTERS } from './clusters.ts';
import { type Evidence, unlikeACounty } from './evidence.ts';
import { SCATTER_M, type World } from './places.ts';
import { hasSoundTrail } from './sound-trail.ts';
import { reportingYear } from './year.ts';

const SEED = 620622;
const ANCHOR = '2026-11-22';
/** The end of the anchor day in Shanghai. */
const END = new Date('2026-11-22T16:00:00Z');

let world: World;
let locate: Locator;
let year: TracedIncident[];
let land: readonly [number, number, number, number];
let evidence: Evidence;
beforeAll(() => {
  const tiling = gulangTiling(SEED);
  world = { grids: tiling.grids, dwellings: gulangDwellings(tiling, SEED) };
  locate = meshLocator(tiling.mesh);
  const bounds = [...tiling.mesh.cells.values()].map(boundsOf);
  land = [0, 1, 2, 3].map((k) =>
    bounds.reduce((most, b) => (k < 2 ? Math.min(most, b[k]!) : Math.max(most, b[k]!)), k < 2 ? Infinity : -Infinity),
  ) as unknown as typeof land;
  const areas = new Map([...tiling.mesh.cells.values()].map((c) => [c.id, 0]));
  // Area by counting random points: good enough to know an exposure, and it needs no geodesy here.
  const uniform = random(1, 'area');
  for (const [x, y] of strewn(100_000, uniform)) {
    const id = locate(x, y)!;
    areas.set(id, areas.get(id)! + 1);
  }
  year = reportingYear(world, { seed: SEED, anchor: ANCHOR, asOf: END });
  evidence = { world, area: areas };
}, 300_000);

/** Lattice points spread evenly over the county. */
function strewn(n: number, uniform: () => number): [number, number][] {
  const points: [number, number][] = [];
  while (points.length < n) {
    const x = Math.round(land[0] + (land[2] - land[0]) * uniform());
    const y = Math.round(land[1] + (land[3] - land[1]) * uniform());
    if (locate(x, y) !== null) points.push([x, y]);
  }
  return points;
}

const count = (list: readonly Incident[], test: (i: Incident) => boolean): number => list.filter(test).length;

describe('the reporting year', () => {
  test('has 207,000 reports, 4,582 disputes, and 4,532 of them resolved', () => {
    const disputes = year.filter((i) => i.kind === 'dispute');
    expect(year).toHaveLength(207_000);
    expect(disputes).toHaveLength(4_582);
    expect(count(disputes, (i) => i.state === 'closed' || i.state === 'archived')).toBe(4_532);
    expect(((4_532 / 4_582) * 100).toFixed(1)).toBe('98.9');
  });

  test('lies in the 365 days that end with the anchor day, reported by its end, in time order', () => {
    const first = dayStart(addDays(ANCHOR, -364));
    const end = END.getTime();
    const out = year.filter((r, k) => {
      const [occurred, reported, state] = [r.occurred_at, r.reported_at, r.state_at].map((at) => at.getTime());
      const before = year[k - 1]?.occurred_at.getTime() ?? first;
      return !(
        before <= occurred! &&
        occurred! <= reported! &&
        reported! < end &&
        reported! <= state! &&
        state! <= end
      );
    });
    expect(out).toEqual([]);
    expect(new Set(year.map((i) => dayOf(i.occurred_at.getTime()))).size).toBe(365);
  });

  test('has a trail for every report that begins with it, ascends in time and ends at its state', () => {
    expect(year.filter((incident) => !hasSoundTrail(incident))).toEqual([]);
  });

  test('uses the 13 categories, disputes always and only in theirs', () => {
    const used = new Set(year.map((i) => i.category));
    expect([...used].sort()).toEqual(CATEGORIES.map((c) => c.code).sort());
    expect(count(year, (i) => (i.kind === 'dispute') !== (i.category === 'dispute'))).toBe(0);
  });

  test('has a key for every report', () => {
    expect(new Set(year.map((i) => i.external_id)).size).toBe(year.length);
    expect(new Set(year.map((i) => i.source))).toEqual(new Set(['wangge-demo']));
    expect(year[0]!.external_id).toBe('20251123-y-00001');
  });

  test('has its points in the grids they name, and the nulls that their precision asks for', () => {
    const grids = new Map(world.grids.map((g) => [g.id, g]));
    const known = {
      point: [true, true, true],
      grid: [true, true, true],
      village: [false, true, true],
      township: [false, false, true],
      unknown: [false, false, false],
    };
    const wrong = year.filter(({ point, precision, grid_id, village_code, township_code }) => {
      const named = [grid_id, village_code, township_code];
      if ((point !== null) !== (precision === 'point')) return true;
      if (named.some((value, k) => (value !== null) !== known[precision][k])) return true;
      if (point && locate(toLattice(point[0]), toLattice(point[1])) !== grid_id) return true;
      const grid = grid_id && grids.get(grid_id);
      return grid && (grid.village_code !== village_code || grid.managing_township_code !== township_code);
    });
    expect(wrong).toEqual([]);
    const without = count(year, (i) => i.point === null) / year.length;
    expect(without).toBeGreaterThan(0.01);
    expect(without).toBeLessThan(0.02);
    for (const p of ['grid', 'village', 'township', 'unknown'])
      expect(count(year, (i) => i.precision === p)).toBeGreaterThan(50);
  });

  test('leaves recent events open and old ones done, with a few rejected, duplicate or suspended', () => {
    const events = year.filter((i) => i.kind === 'event');
    const ended = new Set(['closed', 'archived', 'rejected', 'duplicate', 'cancelled']);
    const openShare = (from: number, to: number) => {
      const then = events.filter((i) => {
        const age = (END.getTime() - i.occurred_at.getTime()) / 86_400_000;
        return age >= from && age < to;
      });
      return count(then, (i) => !ended.has(i.state)) / then.length;
    };
    expect(openShare(0, 2)).toBeGreaterThan(0.5);
    expect(openShare(90, 365)).toBeLessThan(0.01);
    for (const state of ['rejected', 'duplicate', 'suspended', 'cancelled'] as const) {
      const share = count(events, (i) => i.state === state) / events.length;
      expect(share).toBeGreaterThan(0.0005);
      expect(share).toBeLessThan(0.03);
    }
    const urgent = count(events, (i) => i.urgency !== 'normal') / events.length;
    expect(urgent).toBeGreaterThan(0.04);
    expect(urgent).toBeLessThan(0.2);
    // Days from report to resolution: the county tells 5.65 on average.
    const closed = year.filter((i) => i.kind === 'dispute' && i.state === 'closed');
    const mean =
      closed.reduce((s, i) => s + (i.state_at.getTime() - i.reported_at.getTime()), 0) / closed.length / 86_400_000;
    expect(mean).toBeGreaterThan(4.5);
    expect(mean).toBeLessThan(7);
  });
});

describe('what it looks like', () => {
  test('a county, by every sign', () => {
    expect(unlikeACounty(year, evidence)).toEqual([]);
  });

  test('not so for points strewn evenly over land and time: every sign fails', () => {
    const uniform = random(7, 'uniform');
    const first = dayStart(addDays(ANCHOR, -364));
    const points = strewn(year.length, uniform);
    const fake = year.map((i, k): Incident => {
      const [x, y] = points[k]!;
      const occurred_at = new Date(first + uniform() * 365 * 86_400_000);
      return { ...i, occurred_at, point: [toDegrees(x), toDegrees(y)], precision: 'point', grid_id: locate(x, y) };
    });
    expect(unlikeACounty(fake, evidence)).toEqual([
      'far from dwellings',
      'counts follow area',
      'hours are alike',
      'schools on Sundays',
      'no spring festival',
      'no harvest',
      'no floods',
      'no fire season',
    ]);
  });

  test('nor for points strewn evenly over households', () => {
    const uniform = random(8, 'uniform');
    const total = world.dwellings.reduce((s, d) => s + d.households, 0);
    const homes = world.dwellings.flatMap((d) => Array.from({ length: d.households }, () => d));
    const fake = year.map((i): Incident => {
      const home = homes[Math.floor(total * uniform())]!;
      return { ...i, point: home.point, precision: 'point', grid_id: home.grid_id };
    });
    expect(unlikeACounty(fake, evidence)).toEqual(['counts follow households']);
  });
});

describe('planted clusters', () => {
  test.each(PLANTED_CLUSTERS.map((c) => [c.id, c] as const))(
    '%s stands out where and when the table says',
    (_, cluster) => {
      const site = clusterSite(world, cluster)!;
      const plane = localPlane(...site.centre);
      const first = addDays(ANCHOR, cluster.first);
      const near = year.filter((i) => {
        if (i.kind !== 'event' || i.category !== cluster.category || !i.point) return false;
        return Math.hypot(...plane.forward(i.point)) <= cluster.radius_m;
      });
      const during = count(near, (i) => {
        const day = daysBetween(first, dayOf(i.occurred_at.getTime()));
        return day >= 0 && day < cluster.days;
      });
      const usual = ((near.length - during) / (365 - cluster.days)) * cluster.days;
      expect(site.dwellings.length).toBeGreaterThan(4);
      expect(during).toBeGreaterThanOrEqual(cluster.count);
      expect(during).toBeGreaterThan(5 * usual);
      expect(cluster.first + cluster.days).toBeLessThanOrEqual(1);
      expect(cluster.radius_m).toBeGreaterThan(SCATTER_M);
    },
  );
});

describe('asked at another time', () => {
  test('the order of grids and dwellings does not matter, and the same question has the same answer', () => {
    const turned = { grids: world.grids.toReversed(), dwellings: world.dwellings.toReversed() };
    const again = reportingYear(turned, { seed: SEED, anchor: ANCHOR, asOf: END });
    // As text, line by line: comparing a million nested values with toEqual takes a minute.
    expect(again.filter((report, k) => JSON.stringify(report) !== JSON.stringify(year[k]))).toEqual([]);
    expect(again).toHaveLength(year.length);
  }, 120_000);

  test('earlier, what had not come in is missing; later, states have only advanced', () => {
    const asOf = new Date(END.getTime() - 3 * 86_400_000);
    const earlier = reportingYear(world, { seed: SEED, anchor: ANCHOR, asOf });
    expect(earlier).toHaveLength(count(year, (i) => i.reported_at <= asOf));
    expectAdvanced(earlier, year);
    const later = reportingYear(world, { seed: SEED, anchor: ANCHOR, asOf: new Date(END.getTime() + 40 * 86_400_000) });
    expectAdvanced(year, later);
    const resolved = (list: readonly Incident[]) =>
      count(list, (i) => i.kind === 'dispute' && (i.state === 'closed' || i.state === 'archived'));
    expect(resolved(later)).toBe(4_532);
  }, 120_000);
});

/** Every report of `before` is in `after`, the same but for a state that was reached later. */
function expectAdvanced(before: readonly TracedIncident[], after: readonly TracedIncident[]): void {
  const now = new Map(after.map((i) => [i.external_id, i]));
  const wrong = before.filter((then) => {
    const next = now.get(then.external_id);
    if (!next || next.reported_at > next.state_at) return true;
    const moved = next.state !== then.state ? next.state_at >= then.state_at : +next.state_at === +then.state_at;
    const kept = then.trail.every(({ state, at }, i) => next.trail[i]?.state === state && next.trail[i]?.at === at);
    return !moved || !kept || factsOf(next) !== factsOf(then);
  });
  expect(wrong).toEqual([]);
}

/** All but the state and how it was reached, as text. */
const factsOf = ({ state, state_at, trail, ...facts }: TracedIncident): string => JSON.stringify(facts);
