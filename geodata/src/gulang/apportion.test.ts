import fc from 'fast-check';
import { expect, test } from 'vitest';
import { apportion } from './apportion.ts';

test('parts add up to the total, and each is its exact share rounded up or down', () => {
  const weights = fc
    .array(fc.integer({ min: 0, max: 1000 }), { minLength: 1 })
    .filter((list) => list.some((w) => w > 0));
  fc.assert(
    fc.property(fc.nat({ max: 300_000 }), weights, (total, list) => {
      const parts = apportion(total, list);
      const sum = list.reduce((a, b) => a + b);
      expect(parts.reduce((a, b) => a + b)).toBe(total);
      parts.forEach((part, i) => {
        expect(Math.abs(part - (total * list[i]!) / sum)).toBeLessThan(1);
      });
    }),
  );
});

test('weights without a sum are refused', () => {
  expect(() => apportion(3, [0, 0])).toThrow('weights');
  expect(() => apportion(3, [2, -1])).toThrow('weights');
  expect(apportion(0, [0, 0])).toEqual([0, 0]);
});
