import type { Area, OverviewAnswer, Totals } from '@wangge/api/county/schema';
import { FEW, isShown, LEAST_SHOWN } from '@wangge/geodata/incidents/suppress';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AreaNode, type AreaTree, growTree } from './areas.ts';
import { suppressTree } from './suppressed.ts';

/** What one grid counts: [collections, open events, ended events, open disputes, resolved, otherwise ended, unlocated]. */
type Leaf = readonly number[];

function totalsOf(leaves: readonly Leaf[]): Totals {
  const sum = (...which: number[]) => leaves.reduce((all, leaf) => which.reduce((n, k) => n + leaf[k]!, all), 0);
  const [collection, event, dispute] = [sum(0), sum(1, 2), sum(3, 4, 5)];
  return {
    grids: { total: leaves.length, community: 0, rural: leaves.length, special: 0 },
    area_km2: leaves.length,
    households: sum(0, 1),
    population: null,
    reports: { total: collection + event + dispute, collection, event, dispute, unlocated: sum(6) },
    disputes: { total: dispute, resolved: sum(4) },
    open: { total: sum(1, 3), of: event + dispute },
    by_category: { road: sum(0, 1), water: sum(2), family: sum(3, 4, 5) },
    staff: null,
    coverage: { own: leaves.length - 1, shared: 0, vacant: 1, unknown: 0 },
    centres: 1,
  };
}

/** A county of townships of villages of grids. */
function treeOf(townships: readonly (readonly (readonly Leaf[])[])[]): AreaTree {
  const area = (code: string, level: Area['level'], parent_code: string | null) =>
    ({ code, name: code, name_en: null, level, parent_code }) satisfies Area;
  const answers: Record<'township' | 'village' | 'grid', (Area & { totals: Totals })[]> = {
    township: [],
    village: [],
    grid: [],
  };
  townships.forEach((villages, t) => {
    answers.township.push({ ...area(`t${t}`, 'township', 'c'), totals: totalsOf(villages.flat()) });
    villages.forEach((grids, v) => {
      answers.village.push({ ...area(`t${t}v${v}`, 'village', `t${t}`), totals: totalsOf(grids) });
      grids.forEach((leaf, g) => {
        answers.grid.push({ ...area(`t${t}v${v}g${g}`, 'grid', `t${t}v${v}`), totals: totalsOf([leaf]) });
      });
    });
  });
  const county = { area: area('c', 'county', null), totals: totalsOf(townships.flat(2)) };
  return growTree(Object.values(answers).map((parts) => ({ ...county, parts }) as unknown as OverviewAnswer))!;
}

const leaf = fc.array(fc.oneof(fc.nat({ max: 4 }), fc.nat({ max: 30 })), { minLength: 7, maxLength: 7 });
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.array(arbitrary, { minLength: 1, maxLength: 4 });
const trees = some(some(some(leaf))).map(treeOf);

/** Every count about people that a screen may show of an area. */
const shownOf = ({ totals }: AreaNode): number[] => [
  ...Object.values(totals.reports),
  ...Object.values(totals.disputes),
  ...Object.values(totals.open),
  ...Object.values(totals.by_category),
  totals.households!,
];

test('a count below three stands nowhere in the tree, and every other as it is or not at all', () => {
  fc.assert(
    fc.property(trees, (tree) => {
      const suppressed = suppressTree(tree);
      expect([...suppressed.byCode.keys()].sort()).toEqual([...tree.byCode.keys()].sort());
      for (const node of suppressed.byCode.values()) {
        const truth = shownOf(tree.byCode.get(node.code)!);
        shownOf(node).forEach((value, i) => {
          if (truth[i]! < LEAST_SHOWN) expect(value).toBe(FEW);
          else if (isShown(value)) expect(value).toBe(truth[i]);
        });
        expect(node.totals.coverage).toEqual(tree.byCode.get(node.code)!.totals.coverage);
        expect(node.totals.population).toBeNull();
      }
    }),
  );
});

test('no count of one or two is what remains when one subtracts what is shown', () => {
  fc.assert(
    fc.property(trees, (tree) => {
      const small = (value: number) => value === 1 || value === 2;
      for (const { totals, children } of suppressTree(tree).byCode.values()) {
        const { reports, disputes, open } = totals;
        expect(small(disputes.total - disputes.resolved)).toBe(false);
        expect(small(open.of - open.total)).toBe(false);
        expect(small(reports.total - open.of)).toBe(false);
        if (children.length === 0) continue;
        const columns: ((of: Totals) => number)[] = [
          (of) => of.reports.total,
          (of) => of.disputes.total,
          (of) => of.open.total,
          (of) => of.by_category.road!,
          (of) => of.households!,
        ];
        for (const column of columns) {
          const parts = children.map((child) => column(child.totals));
          const hidden = parts.filter((value) => !isShown(value)).length;
          const rest = column(totals) - parts.filter(isShown).reduce((sum, value) => sum + value, 0);
          // One alone would be the rest; together they may be nothing but zeros.
          if (hidden === 1 && isShown(rest)) expect(rest).toBe(0);
        }
      }
    }),
  );
});

test('parents, children and grids are nodes of the new tree', () => {
  const tree = suppressTree(treeOf([[[[1, 2, 3, 4, 5, 6, 0]], [[9, 9, 9, 9, 9, 9, 9]]]]));
  expect(tree.root.parent).toBeNull();
  for (const grid of tree.grids) {
    expect(tree.byCode.get(grid.code)).toBe(grid);
    expect(grid.parent!.children).toContain(grid);
  }
});
