import { expect, test } from 'vitest';
import { telling } from '../locales/sample.ts';
import { type Basis, cited, countingOf, sourceOf } from './basis.ts';

const zh = telling('zh-CN', '近30天').say;
const en = telling('en', 'last 30 days').say;
const basis: Basis = {
  at: '2026-07-01 14:00',
  window: '2026年6月2日至7月1日',
  day: '2026年7月1日',
  filter: null,
  source: '按2023年报道总量模拟',
  demonstration: true,
  reception: false,
};

test('a sentence says when its data was taken, how it is counted and whose it is', () => {
  expect(cited(zh, '大靖镇近30天上报1,418件。', basis, 'incidents')).toBe(
    '大靖镇近30天上报1,418件。\n截至2026-07-01 14:00。口径：按发生时间统计，2026年6月2日至7月1日；' +
      '含信息采集、事件和矛盾纠纷，未筛选；化解率以矛盾纠纷为分母，未办结以事件和矛盾纠纷为分母，办结状态截至数据时间。' +
      '来源：按2023年报道总量模拟（演示数据·非真实情况）。',
  );
  expect(cited(en, 'Dajing Town: 1,418 reports.', { ...basis, window: 'Jun 2 – Jul 1, 2026' }, 'incidents')).toBe(
    'Dajing Town: 1,418 reports.\nAs of 2026-07-01 14:00. Counted: by time of occurrence, Jun 2 – Jul 1, 2026; ' +
      'collections, events and disputes, no filter; resolved of all disputes, open of all events and disputes, states ' +
      'as of the time of data. Source: 按2023年报道总量模拟 (demonstration data, not real).',
  );
});

test('what the filter lets through takes the place of all', () => {
  const counting = countingOf(zh, { ...basis, filter: '紧急程度为紧急、特急' }, 'incidents');
  expect(counting).toContain('仅计紧急程度为紧急、特急');
  expect(counting).not.toContain('未筛选');
});

test('posts are counted on a day, not over the window', () => {
  const counting = countingOf(zh, basis, 'posts');
  expect(counting).toBe('网格员配备按2026年7月1日，每格应有一名专职网格员在岗');
  expect(countingOf(zh, basis, 'both')).toContain(counting);
});

test('withheld counts are explained wherever they may stand', () => {
  const reception = { ...basis, reception: true };
  expect(countingOf(zh, reception, 'incidents')).toContain('不足3的数写作＜3，可由此推算的数写作＊');
  expect(countingOf(en, reception, 'ground')).toContain('counts below 3 written <3');
  expect(countingOf(zh, reception, 'posts')).not.toContain('＜3');
});

test('real data is not called a demonstration', () => {
  expect(sourceOf(zh, { ...basis, demonstration: false, source: '县综治中心' })).toBe('县综治中心');
});
