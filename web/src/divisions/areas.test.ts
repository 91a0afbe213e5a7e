import type { Area, OverviewAnswer, Totals } from '@wangge/api/county/schema';
import { expect, test } from 'vitest';
import { type AreaNode, gridsIn, growTree, pathOf } from './areas.ts';
import { fold, keptBy, searchAreas } from './search.ts';

const totals = { reports: { total: 1 } } as unknown as Totals;
const area = (code: string, name: string, level: Area['level'], parent_code: string | null) => ({
  code,
  name,
  name_en: null,
  level,
  parent_code,
});
const county = area('620622', '古浪县', 'county', null);
const answer = (parts: ReturnType<typeof area>[]): OverviewAnswer =>
  ({ area: county, totals, parts: parts.map((part) => ({ ...part, totals })) }) as unknown as OverviewAnswer;

const townships = answer([
  area('620622103', '大靖镇', 'township', '620622'),
  area('620622001', '古浪镇街道', 'township', '620622'),
]);
const villages = answer([
  // The street manages communities whose codes begin with another township's.
  area('620622100001', '街西社区', 'village', '620622001'),
  area('620622103001', '明珠社区', 'village', '620622103'),
]);
const grids = answer([
  area('620622103001002', '明珠社区第2网格', 'grid', '620622103001'),
  area('620622103001001', '明珠社区第1网格', 'grid', '620622103001'),
  area('620622100001001', '街西社区第1网格', 'grid', '620622100001'),
]);
const tree = growTree([townships, villages, grids])!;
const codes = (nodes: readonly AreaNode[]) => nodes.map((node) => node.code);

test('areas hang under the unit that manages them, in code order', () => {
  expect(codes(tree.root.children)).toEqual(['620622001', '620622103']);
  expect(codes(gridsIn(tree.root))).toEqual(['620622100001001', '620622103001001', '620622103001002']);
  expect(codes(pathOf(tree.byCode.get('620622100001001')!))).toEqual([
    '620622',
    '620622001',
    '620622100001',
    '620622100001001',
  ]);
});

test('the tree stands before its finer levels have come, and loses nothing whose parent is unknown', () => {
  expect(growTree([])).toBeNull();
  expect(growTree([townships])!.grids).toEqual([]);
  const orphan = growTree([townships, answer([area('999', '某村', 'village', '998')])])!;
  expect(codes(orphan.root.children)).toContain('999');
});

const find = (text: string) => codes(searchAreas(tree.byCode.values(), text, 10).matches);

test('search finds a code whole, by its beginning and by its end', () => {
  expect(find('620622103001002')).toEqual(['620622103001002']);
  expect(find('620622103')[0]).toBe('620622103');
  expect(find('3001001')).toEqual(['620622103001001']);
});

test('search finds a name, larger areas first, and the grids of a village', () => {
  expect(find('明珠')).toEqual(['620622103001', '620622103001001', '620622103001002']);
  expect(find('明珠社区第２网格')).toEqual(['620622103001002']);
  expect(find('没有')).toEqual([]);
  expect(fold(' Ａ１ b')).toBe('a1b');
});

test('what is left off is counted', () => {
  const { matches, total } = searchAreas(tree.byCode.values(), '6206', 2);
  expect([matches.length, total]).toEqual([2, tree.byCode.size]);
});

test('a filter keeps matches with their ancestors', () => {
  expect(keptBy(tree.byCode.values(), ' ')).toBeNull();
  const { matches, kept } = keptBy(tree.byCode.values(), '街西社区第1')!;
  expect([...matches]).toEqual(['620622100001001']);
  expect([...kept].sort()).toEqual(['620622', '620622001', '620622100001', '620622100001001']);
});
