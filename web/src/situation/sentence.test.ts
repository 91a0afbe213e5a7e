import { setupI18n } from '@lingui/core';
import type { Totals } from '@wangge/api/county/schema';
import { FEW, LEFT_OUT } from '@wangge/geodata/incidents/suppress';
import { expect, test } from 'vitest';
import type { AreaNode } from '../divisions/areas.ts';
import { sampleArea } from '../divisions/sample.ts';
import { telling } from '../locales/sample.ts';
import { formatsFor } from '../ui/format.ts';
import { figuresSentence, legendSentence, sentenceOf } from './sentence.ts';

const area = (patch: Partial<Totals>, level: AreaNode['level'] = 'township') => sampleArea(patch, { level });
const i18n = setupI18n({ locale: 'zh-CN', messages: { 'zh-CN': {} } });
const say = (node: AreaNode) => sentenceOf(i18n, node, '近30天', formatsFor('zh-CN', 'Asia/Shanghai'));

test('a rate stands beside its numerator and denominator', () => {
  expect(say(area({}))).toBe(
    '大靖镇：38个网格，近30天上报1,418件，其中矛盾纠纷206件，化解202件（98.1%）；未办结57件（事件和矛盾纠纷共427件）；空岗2格，代管2格。',
  );
});

test('without disputes there is no rate, and not one of zero', () => {
  const sentence = say(area({ disputes: { total: 0, resolved: 0 } }));
  expect(sentence).toContain('其中无矛盾纠纷');
  expect(sentence).not.toContain('%');
});

test('nearly all is not all', () => {
  expect(say(area({ disputes: { total: 4000, resolved: 3999 } }))).toContain('（99.9%）');
});

test('no staffing data is said, and not counted as vacant', () => {
  const sentence = say(area({ coverage: { own: 0, shared: 0, vacant: 0, unknown: 38 } }));
  expect(sentence).toContain('无配备数据');
  expect(sentence).not.toContain('空岗');
  expect(say(area({ coverage: { own: 30, shared: 0, vacant: 1, unknown: 7 } }))).toContain('7格无配备数据');
});

test('a grid is named with its code and its one coverage class', () => {
  const grid = area(
    { grids: { total: 1, community: 1, rural: 0, special: 0 }, coverage: { own: 0, shared: 0, vacant: 1, unknown: 0 } },
    'grid',
  );
  expect(say(grid)).toMatch(/^大靖镇（620622103）：近30天上报1,418件.*；空岗。$/);
});

const staff = {
  full_time: 38,
  full_time_on_post: 34,
  stability: 20,
  stability_on_post: 18,
  auxiliary: 240,
  auxiliary_on_post: 231,
};

test('all figures stand in one sentence, every rate with its two numbers', () => {
  expect(figuresSentence(telling('zh-CN', '近30天'), area({ staff }))).toBe(
    '大靖镇近30天上报1,418件（信息采集991件、事件221件、矛盾纠纷206件）；矛盾纠纷206件，化解202件（化解率98.1%）；' +
      '事件和矛盾纠纷427件，未办结57件（13.3%）；网格员在岗283/298人，其中专职34/38人；' +
      '常住12,000户38,000人，每千户上报118件；38个网格，面积370平方公里。',
  );
  expect(figuresSentence(telling('en', 'Last 30 days'), area({ staff: null, households: null }))).toBe(
    'Dajing Town, Last 30 days: 1,418 reports (991 collections, 221 events, 206 disputes); 202 of 206 disputes resolved ' +
      '(98.1%); 57 of 427 events and disputes open (13.3%); no staffing data; no dwelling data; 38 grids, 370 km².',
  );
});

test('withheld counts stay withheld in words', () => {
  const sentence = figuresSentence(
    telling('zh-CN', '近30天'),
    area({
      reports: { total: 8, collection: LEFT_OUT, event: FEW, dispute: FEW, unlocated: FEW },
      disputes: { total: FEW, resolved: FEW },
      open: { total: FEW, of: LEFT_OUT },
      households: FEW,
    }),
  );
  expect(sentence).toContain('上报8件（信息采集＊件、事件＜3件、矛盾纠纷＜3件）；矛盾纠纷＜3件，化解＜3件（化解率＊）');
  expect(sentence).toContain('每千户上报＊件');
  expect(sentence).not.toMatch(/NaN|Infinity|∞/);
});

test('the classes of the legend add up to the grids of the area', () => {
  const classes = [
    { label: '0', count: 5 },
    { label: '1–8', count: 33 },
  ];
  expect(legendSentence(telling('zh-CN', '近30天'), area({}), '上报信息（件/网格）', classes, 'incidents')).toBe(
    '大靖镇近30天上报信息（件/网格），38个网格中：0的5格、1–8的33格。',
  );
  expect(
    legendSentence(telling('zh-CN', '近30天'), area({}), '专职网格员配备（网格）', classes, 'posts'),
  ).not.toContain('近30天');
});

test('what a filter leaves out is not said to be none', () => {
  const formats = formatsFor('zh-CN', 'Asia/Shanghai');
  const node = area({ disputes: { total: 0, resolved: 0 } });
  expect(sentenceOf(i18n, node, '近30天', formats, { kinds: ['event'] })).toBe(
    '大靖镇：38个网格，近30天上报1,418件；未办结57件（事件和矛盾纠纷共427件）；空岗2格，代管2格。',
  );
  expect(sentenceOf(i18n, node, '近30天', formats, { kinds: ['collection'] })).toBe(
    '大靖镇：38个网格，近30天上报1,418件；空岗2格，代管2格。',
  );
});
