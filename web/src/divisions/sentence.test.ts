import { expect, test } from 'vitest';
import { telling } from '../locales/sample.ts';
import { sampleArea } from './sample.ts';
import { areasSentence } from './sentence.ts';

const parts = [
  sampleArea(
    { reports: { total: 12, collection: 8, event: 1, dispute: 3, unlocated: 0 }, disputes: { total: 3, resolved: 2 } },
    { name: '明珠社区', name_en: 'Mingzhu' },
  ),
  sampleArea({ coverage: { own: 0, shared: 0, vacant: 0, unknown: 38 } }, { name: '上庄村', name_en: null }),
];

test('parts keep the order given, with both numbers of every rate, and no data is not no vacancy', () => {
  expect(areasSentence(telling('zh-CN', '近30天'), sampleArea(), parts)).toBe(
    '大靖镇近30天：明珠社区上报12件，矛盾纠纷化解2/3件，未办结57/427件，空岗2/38格；' +
      '上庄村上报1,418件，矛盾纠纷化解202/206件，未办结57/427件。',
  );
  expect(areasSentence(telling('en', 'Last 30 days'), sampleArea(), parts.slice(0, 1))).toBe(
    'Dajing Town, Last 30 days: Mingzhu 12 reports, 2/3 disputes resolved, 57/427 open, 2/38 grids vacant.',
  );
});
