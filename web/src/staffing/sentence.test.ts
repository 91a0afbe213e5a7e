import { expect, test } from 'vitest';
import type { AreaNode } from '../divisions/areas.ts';
import { sampleArea } from '../divisions/sample.ts';
import { telling } from '../locales/sample.ts';
import { coverageSentence } from './sentence.ts';

const zh = { own: '专职在岗', shared: '代管', vacant: '空岗', unknown: '无数据' };
const en = { own: 'own worker', shared: 'shared', vacant: 'vacant', unknown: 'no data' };
const grid = (n: number, vacant: boolean): AreaNode =>
  sampleArea(
    {
      grids: { total: 1, community: 0, rural: 1, special: 0 },
      coverage: { own: vacant ? 0 : 1, shared: 0, vacant: vacant ? 1 : 0, unknown: 0 },
    },
    { name: `第${n}网格`, name_en: `Grid ${n}`, level: 'grid' },
  );
const township = (vacant: number) =>
  sampleArea(
    { coverage: { own: 36 - vacant, shared: 2, vacant, unknown: 0 } },
    { children: Array.from({ length: 38 }, (_, i) => grid(i + 1, i < vacant)) },
  );

test('every class stands with its share of all grids, and vacant grids are named', () => {
  expect(coverageSentence(telling('zh-CN', '今日'), township(2), zh)).toBe(
    '大靖镇共38个网格，专职在岗34格（89.5%）、代管2格（5.3%）、空岗2格（5.3%）。空岗网格：第1网格、第2网格。',
  );
  expect(coverageSentence(telling('en', 'today'), township(2), en)).toBe(
    'Dajing Town: 38 grids, of them own worker 34 (89.5%), shared 2 (5.3%), vacant 2 (5.3%). Vacant: Grid 1, Grid 2.',
  );
});

test('a long list of vacant grids ends with their number', () => {
  const sentence = coverageSentence(telling('zh-CN', '今日'), township(20), zh);
  expect(sentence).toMatch(/第12网格等20格。$/);
  expect(sentence).not.toContain('第13网格');
});

test('no data is a class of its own', () => {
  const area = sampleArea({ coverage: { own: 30, shared: 0, vacant: 0, unknown: 8 } });
  expect(coverageSentence(telling('zh-CN', '今日'), area, zh)).toContain('空岗0格（0%）、无数据8格（21.1%）。');
});
