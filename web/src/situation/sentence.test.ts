import { setupI18n } from '@lingui/core';
import type { Totals } from '@wangge/api/county/schema';
import { expect, test } from 'vitest';
import type { AreaNode } from '../divisions/areas.ts';
import { formatsFor } from '../ui/format.ts';
import { sentenceOf } from './sentence.ts';

const totals: Totals = {
  grids: { total: 38, community: 7, rural: 29, special: 2 },
  area_km2: 370,
  households: 12_000,
  population: 38_000,
  reports: { total: 1418, collection: 991, event: 221, dispute: 206, unlocated: 12 },
  disputes: { total: 206, resolved: 202 },
  open: { total: 57, of: 427 },
  by_category: {},
  staff: null,
  coverage: { own: 34, shared: 2, vacant: 2, unknown: 0 },
  centres: 28,
};
const area = (patch: Partial<Totals>, level: AreaNode['level'] = 'township'): AreaNode => ({
  code: '620622103',
  name: '大靖镇',
  name_en: 'Dajing Town',
  level,
  parent: null,
  children: [],
  totals: { ...totals, ...patch },
});
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
