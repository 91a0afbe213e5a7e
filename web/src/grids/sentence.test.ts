import { expect, test } from 'vitest';
import { sampleArea } from '../divisions/sample.ts';
import { telling } from '../locales/sample.ts';
import { gridSentence, pickedSentence } from './sentence.ts';

const words = {
  gridClass: { community: '社区网格', rural: '农村网格', special: '专属网格' },
  coverage: { own: '专职在岗', shared: '代管', vacant: '空岗', unknown: '无数据' },
  workerKind: { full_time: '专职网格员', stability: '创稳网格员', auxiliary: '网格辅助员' },
};
const grid = sampleArea(
  {
    grids: { total: 1, community: 1, rural: 0, special: 0 },
    area_km2: 0.213,
    households: 320,
    population: 1010,
    staff: {
      full_time: 1,
      full_time_on_post: 0,
      stability: 1,
      stability_on_post: 1,
      auxiliary: 6,
      auxiliary_on_post: 5,
    },
    coverage: { own: 0, shared: 1, vacant: 0, unknown: 0 },
  },
  {
    code: '620622103001001',
    name: '明珠社区第1网格',
    name_en: null,
    level: 'grid',
    parent: sampleArea({}, { name: '明珠社区', level: 'village' }),
  },
);

test('a grid is told with its code, its unit, its people and its posts', () => {
  expect(gridSentence(telling('zh-CN', '近30天'), grid, sampleArea(), words)).toBe(
    '明珠社区第1网格（编码620622103001001），社区网格，属明珠社区，由大靖镇管理，面积0.213平方公里，常住320户1,010人，' +
      '专职网格员在岗0/1人，创稳网格员在岗1/1人，网格辅助员在岗5/6人，代管。',
  );
});

test('what the county has not given is said to be missing', () => {
  const bare = { ...grid, totals: { ...grid.totals, households: null, population: null, staff: null } };
  expect(gridSentence(telling('en', 'Last 30 days'), bare, undefined, words)).toContain(
    'no dwelling data, no staffing data.',
  );
});

test('the grids of a class are named with their codes', () => {
  const zh = telling('zh-CN', '近30天');
  expect(pickedSentence(zh, sampleArea(), '上报信息 0', [grid], 38)).toBe(
    '大靖镇38个网格中“上报信息 0”的有1格：明珠社区第1网格（620622103001001）。',
  );
  expect(pickedSentence(zh, sampleArea(), '上报信息 0', [], 38)).toBe('大靖镇38个网格中没有“上报信息 0”的网格。');
});
