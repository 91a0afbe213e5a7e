import { beforeAll, describe, expect, test } from 'vitest';
import type { County, Dwelling, WorkerKind } from '../county/county.ts';
import { toLattice } from '../mesh/lattice.ts';
import { meshLocator } from '../mesh/locate.ts';
import { coverageOn } from '../staffing/coverage.ts';
import { addDays } from './calendar.ts';
import { FENGQIAO, WITHOUT_CENTRE } from './centres.ts';
import { GULANG_PROFILE, gulangCounty } from './county.ts';
import { isVacated } from './dwelling-figures.ts';
import { gulangDwellings } from './dwellings.ts';
import { distance, PLANE } from './frame.ts';
import { SCATTER_M } from './incidents/places.ts';
import { CLEARANCE_M } from './land.ts';
import { SITUATION } from './staff.ts';

const ANCHOR = '2026-11-22';
let county: County;
beforeAll(() => {
  county = gulangCounty({ seed: 620622, anchor: ANCHOR });
}, 300_000);

const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
const inGrid = (id: number): Dwelling[] => county.dwellings.filter((d) => d.grid_id === id);
const householdsOf = (id: number): number => sum(inGrid(id).map((d) => d.households));

describe('the county of the report', () => {
  test('278 grids: 44 community, 221 rural, 13 special', () => {
    const of = (c: string) => county.grids.filter((g) => g.class === c).length;
    expect([county.grids.length, of('community'), of('rural'), of('special')]).toEqual([278, 44, 221, 13]);
  });

  test('20 township units, 7 communities, 186 villages', () => {
    const villages = county.divisions.filter((d) => d.level === 'village');
    expect(county.divisions.filter((d) => d.level === 'township')).toHaveLength(20);
    expect(villages.filter((d) => d.name.endsWith('居民委员会'))).toHaveLength(7);
    expect(villages.filter((d) => d.name.endsWith('村民委员会'))).toHaveLength(186);
  });

  test('250,200 residents', () => {
    expect(sum(county.dwellings.map((d) => d.population))).toBe(250_200);
  });

  test('278 full-time, 186 stability and 1,871 auxiliary workers 在册 on the anchor day', () => {
    const hired = (kind: WorkerKind) => county.staff!.workers.filter((w) => w.kind === kind).length;
    expect([hired('full_time'), hired('stability'), hired('auxiliary')]).toEqual([278, 186, 1871]);
    const { staff } = coverageOn(county, county.staff, ANCHOR).areas.get('620622')!;
    expect([staff!.full_time, staff!.stability, staff!.auxiliary]).toEqual([278, 186, 1871]);
  });

  test('202 centres: 1 + 20 + 181, ten of them model centres on all levels', () => {
    const of = (level: string) => county.centres.filter((c) => c.level === level).length;
    expect([of('county'), of('township'), of('village'), county.centres.length]).toEqual([1, 20, 181, 202]);
    const models = county.centres.filter((c) => c.fengqiao);
    expect(models.map((c) => c.division_code).sort()).toEqual([...FENGQIAO].sort());
    expect(models).toHaveLength(10);
    expect(new Set(models.map((c) => c.level)).size).toBe(3);
  });

  test('says that it is synthetic and where its figures come from', () => {
    expect(county.profile).toBe(GULANG_PROFILE);
    expect(county.profile).toMatchObject({
      code: '620622',
      name: '古浪县',
      name_en: 'Gulang County',
      time_zone: 'Asia/Shanghai',
      code_scheme: 'cn-grid-15',
      source_line: '按2023年报道总量模拟',
      synthetic: true,
    });
    expect(county.profile.categories).toHaveLength(13);
  });
});

describe('dwellings', () => {
  test('lie in their grid, farther from its border than reports scatter', () => {
    const locate = meshLocator(county.mesh);
    const around = Array.from({ length: 17 }, (_, k) => {
      const [r, angle] = [k === 16 ? 0 : CLEARANCE_M - 1, (k * Math.PI) / 8];
      return [r * Math.cos(angle), r * Math.sin(angle)] as const;
    });
    const astray = county.dwellings.filter((d) => {
      const [x, y] = PLANE.forward(d.point);
      const inside = around.every(([dx, dy]) => {
        const [lon, lat] = PLANE.inverse([x + dx, y + dy]);
        return locate(toLattice(lon), toLattice(lat)) === d.grid_id;
      });
      return !inside || d.village_code !== county.grids[d.grid_id - 1]!.village_code;
    });
    expect(astray).toEqual([]);
    expect(SCATTER_M).toBeLessThan(CLEARANCE_M - 1);
  });

  test('are 4,000 to 6,000 cells of 5 to 60 households, few in special and vacated grids, none without people', () => {
    expect(county.dwellings.length).toBeGreaterThan(4000);
    expect(county.dwellings.length).toBeLessThan(6000);
    for (const grid of county.grids) {
      const cells = inGrid(grid.id);
      expect(cells.length).toBeGreaterThan(0);
      if (grid.class === 'special' || isVacated(grid)) {
        expect(householdsOf(grid.id)).toBeLessThan(80);
        continue;
      }
      for (const d of cells) {
        expect(d.households).toBeGreaterThanOrEqual(5);
        expect(d.households).toBeLessThanOrEqual(60);
        expect(d.population).toBeGreaterThan(d.households);
      }
    }
  });

  test('give grids around 300 households, communities more, and rural ones that really differ', () => {
    const of = (c: string) => county.grids.filter((g) => g.class === c && !isVacated(g)).map((g) => householdsOf(g.id));
    const mean = (list: readonly number[]) => sum(list) / list.length;
    const spread = (list: readonly number[]) => Math.sqrt(mean(list.map((n) => (n - mean(list)) ** 2))) / mean(list);
    expect(mean([...of('community'), ...of('rural')])).toBeGreaterThan(270);
    expect(mean([...of('community'), ...of('rural')])).toBeLessThan(330);
    expect(mean(of('community'))).toBeGreaterThan(1.4 * mean(of('rural')));
    expect(spread(of('rural'))).toBeGreaterThan(0.3);
  });

  test('are registered elsewhere more in towns, and away from home more in villages', () => {
    const rate = (c: string) => {
      const cells = county.dwellings.filter((d) => county.grids[d.grid_id - 1]!.class === c);
      return sum(cells.map((d) => d.registered_population!)) / sum(cells.map((d) => d.population));
    };
    expect(rate('rural')).toBeGreaterThan(1.03);
    expect(rate('community')).toBeLessThan(1);
  });

  test('stand together as villages do: neighbours are near, however wide the grid', () => {
    const rural = county.grids.filter((g) => g.class === 'rural' && !isVacated(g));
    const nearest = rural.flatMap((g) => {
      const points = inGrid(g.id).map((d) => PLANE.forward(d.point));
      return points.map((p) => Math.min(...points.filter((q) => q !== p).map((q) => distance(p, q))));
    });
    const near = nearest.filter((d) => d <= 150).length;
    // A dwelling alone in its hamlet is rare.
    expect(near / nearest.length).toBeGreaterThan(0.9);
  });

  test('are the same for the same seed, and others for another', () => {
    expect(gulangDwellings(county, 620622)).toEqual(county.dwellings);
    expect(gulangDwellings(county, 1)).not.toEqual(county.dwellings);
    expect(sum(gulangDwellings(county, 1).map((d) => d.population))).toBe(250_200);
  });
});

describe('staff on the anchor day', () => {
  test('leave vacant, shared and uncovered grids to be found', () => {
    const day = coverageOn(county, county.staff, ANCHOR);
    const { coverage, uncovered, staff } = day.areas.get('620622')!;
    const { unstaffed, unstaffed_covered, away, away_covered } = SITUATION;
    expect(coverage).toEqual({
      own: 278 - coverage.shared - coverage.vacant,
      shared: 2 * (unstaffed_covered + away_covered),
      vacant: unstaffed + away,
      unknown: 0,
    });
    expect(uncovered).toBeGreaterThanOrEqual(2);
    expect(uncovered).toBeLessThanOrEqual(4);
    expect(staff!.full_time_on_post).toBeLessThan(278);
    const register = [...day.grids.values()].map((g) => g.staff!.full_time);
    expect(register.filter((n) => n === 0)).toHaveLength(unstaffed + unstaffed_covered);
    expect(register.filter((n) => n === 2)).toHaveLength(unstaffed + unstaffed_covered);
  });

  test('have one stability worker in each of the 186 villages', () => {
    const villages = county.staff!.workers.filter((w) => w.kind === 'stability').map((w) => w.village_code);
    expect(new Set(villages).size).toBe(186);
  });

  test('changed places during the year, so that another day shows another picture', () => {
    const day = addDays(ANCHOR, -340);
    const then = coverageOn(county, county.staff, day);
    const ended = county.staff!.assignments.filter((a) => a.to !== null && a.to <= ANCHOR);
    expect(ended.length).toBeGreaterThan(10);
    expect(county.staff!.assignments.filter((a) => a.from > day).length).toBeGreaterThan(50);
    expect(then.areas.get('620622')!.staff!.auxiliary).toBeLessThan(1871);
    for (const a of [...county.staff!.assignments, ...county.staff!.absences]) {
      expect(a.to === null || a.from < a.to).toBe(true);
    }
  });

  test('are known by number, and by telephones that cannot be real', () => {
    const { workers } = county.staff!;
    expect(workers[0]).toMatchObject({ code: '网格员0001', work_phone: '10000000001' });
    expect(new Set(workers.map((w) => w.code)).size).toBe(workers.length);
    for (const w of workers) expect(w.work_phone).toMatch(/^100\d{8}$/);
  });
});

describe('centres', () => {
  test('are missing in the twelve villages that bear the name of their township', () => {
    expect(new Set(WITHOUT_CENTRE).size).toBe(12);
    const served = new Set(county.centres.map((c) => c.division_code));
    const missing = county.divisions.filter((d) => !served.has(d.code));
    expect(missing.map((d) => d.code).sort()).toEqual([...WITHOUT_CENTRE].sort());
    for (const village of missing) {
      const township = county.divisions.find((d) => d.code === village.parent_code)!;
      expect(township.name.startsWith(village.short_name.slice(0, -1))).toBe(true);
    }
  });

  test('and every seat lie in the county; no two centres share a place', () => {
    const locate = meshLocator(county.mesh);
    for (const { point } of county.centres) {
      expect(locate(toLattice(point[0]), toLattice(point[1]))).not.toBeNull();
    }
    expect(new Set(county.centres.map((c) => c.point.join())).size).toBe(202);
    expect(county.divisions.every((d) => d.seat !== null)).toBe(true);
  });
});
