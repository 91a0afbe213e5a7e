import { FEW, LEFT_OUT } from '@wangge/geodata/incidents/suppress';
import { expect, test } from 'vitest';
import { formatsFor } from './format.ts';

const zh = formatsFor('zh-CN', 'Asia/Shanghai');

test('a share is rounded, but never up to all', () => {
  expect(zh.percent(202, 206)).toBe('98.1%');
  expect(zh.percent(99_999, 100_000)).toBe('99.9%');
  expect(zh.percent(5, 5)).toBe('100%');
  expect(zh.percent(0, 0)).toBeNull();
});

test('instants are told in the county’s time, days as they were written', () => {
  expect(zh.moment('2026-11-22T16:05:00Z')).toBe('2026-11-23 00:05');
  expect(zh.day('2026-11-01')).toBe('2026年11月1日');
  expect(zh.days({ from: '2026-10-25', to: '2026-11-23' })).toBe('2026年10月25日至11月23日');
  expect(zh.days({ from: '2026-11-23', to: '2026-11-23' })).toBe('2026年11月23日');
});

test('a rate has a decimal only where it tells something', () => {
  expect([zh.rate(9.94), zh.rate(204.7), zh.rate(0)]).toEqual(['9.9', '205', '0']);
  expect(zh.count(16_607)).toBe('16,607');
});

test('a withheld count has a sign, and so has all that is computed from it', () => {
  expect([zh.count(FEW), zh.count(LEFT_OUT), zh.count(12 - FEW)]).toEqual(['＜3', '＊', '＊']);
  expect([zh.percent(FEW, 5), zh.percent(3, LEFT_OUT), zh.rate((FEW / 80) * 1000)]).toEqual(['＊', '＊', '＊']);
  expect(formatsFor('en', 'Asia/Shanghai').count(FEW)).toBe('<3');
});
