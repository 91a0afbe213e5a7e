import { FEW, LEFT_OUT } from '@wangge/geodata/incidents/suppress';
import { expect, test } from 'vitest';
import { sampleArea, TOTALS } from '../divisions/sample.ts';
import { telling } from '../locales/sample.ts';
import { categoriesSentence, reportsSentence, silentSentence, stepsSentence, weekSentence } from './sentence.ts';

const zh = telling('zh-CN', '近30天');
const en = telling('en', 'Last 30 days');
const categories = [
  { code: 'road', name: '道路交通', name_en: 'Roads' },
  { code: 'water', name: '水利', name_en: 'Water' },
  { code: 'family', name: '矛盾纠纷', name_en: 'Disputes' },
];
const nothing = { ...TOTALS.reports, total: 0 };
const withReports = (...totals: number[]) =>
  sampleArea(
    {},
    {
      children: totals.map((total, i) =>
        sampleArea(
          { reports: { ...TOTALS.reports, total } },
          { name: `第${i + 1}网格`, name_en: `Grid ${i + 1}`, level: 'grid' },
        ),
      ),
    },
  );

test('categories come in the order of the dictionary, with their share, and zero is said', () => {
  expect(categoriesSentence(zh, sampleArea(), categories)).toBe(
    '大靖镇近30天上报1,418件，按类别：道路交通709件（50%）、水利0件（0%）、矛盾纠纷206件（14.5%）。',
  );
  expect(categoriesSentence(en, sampleArea(), categories)).toBe(
    'Dajing Town, Last 30 days: 1,418 reports, by category: Roads 709 (50%), Water 0 (0%), Disputes 206 (14.5%).',
  );
  expect(categoriesSentence(zh, sampleArea({ reports: nothing }), categories)).toBe('大靖镇近30天没有上报。');
});

test('a withheld count, and a share of it, are signs', () => {
  const area = sampleArea({ by_category: { road: 709, water: FEW, family: LEFT_OUT } });
  expect(categoriesSentence(zh, area, categories)).toContain('水利＜3件（＊）、矛盾纠纷＊件（＊）');
});

test('grids without a report are named; where small counts are withheld, none is', () => {
  expect(silentSentence(zh, withReports(4, 0, 0, 9))).toBe(
    '大靖镇近30天4个网格中有上报2格（50%），零上报2格：第2网格、第3网格。',
  );
  expect(silentSentence(zh, withReports(4, 9))).toBe('大靖镇近30天2个网格均有上报。');
  expect(silentSentence(en, withReports(4, FEW, FEW))).toBe(
    'Dajing Town, Last 30 days: the number of reports is withheld for 2 of 3 grids.',
  );
  expect(silentSentence(zh, withReports(...Array<number>(14).fill(0)))).toMatch(/第12网格等。$/);
});

test('days have a total, a mean and a greatest one; hours no mean', () => {
  const steps = [
    { name: '7月1日', count: 4 },
    { name: '7月2日', count: 11 },
  ];
  expect(stepsSentence(zh, sampleArea(), { unit: 'day', steps, total: 15 })).toBe(
    '大靖镇近30天2天共上报15件，日均7.5件，最多为7月2日11件。',
  );
  expect(stepsSentence(zh, sampleArea(), { unit: 'hour', steps, total: 15 })).toBe(
    '大靖镇近30天上报15件，最多为7月2日，11件。',
  );
  const few = steps.map(({ name }) => ({ name, count: FEW }));
  expect(stepsSentence(zh, sampleArea(), { unit: 'day', steps: few, total: LEFT_OUT })).toBe('大靖镇近30天上报＊件。');
});

test('the busiest hour is told with the number it is of', () => {
  const week = { total: 427, peak: 12, weekday: '三', hour: 9 };
  expect(weekSentence(zh, sampleArea(), week)).toBe('大靖镇近30天事件和矛盾纠纷427件，以周三9时至10时最多，12件。');
  expect(weekSentence(zh, sampleArea(), { ...week, peak: FEW })).toBe('大靖镇近30天事件和矛盾纠纷427件。');
  expect(weekSentence(zh, sampleArea(), { ...week, total: 0 })).toBe('大靖镇近30天没有事件和矛盾纠纷。');
});

test('a list of reports says how many it leaves out', () => {
  const report = {
    at: '07-01 13:20',
    category: '道路交通',
    kind: '事件',
    urgency: '紧急',
    state: '办理中',
    place: '明珠社区第1网格',
  };
  expect(reportsSentence(zh, sampleArea(), [report], 1418)).toBe(
    '大靖镇近30天上报1,418件，最近1件：07-01 13:20 明珠社区第1网格 道路交通（事件，紧急，办理中）。',
  );
});
