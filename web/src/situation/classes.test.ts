import { FEW, LEFT_OUT } from '@wangge/geodata/incidents/suppress';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { classesOf, classLabel, classOf, nice, RATE_STEP } from './classes.ts';

const counts = fc.array(fc.option(fc.integer({ min: 0, max: 5000 })), { maxLength: 300 });

test('every value lies in exactly one class, no data in none, and there are at most six', () => {
  fc.assert(
    fc.property(counts, fc.constantFrom(1, RATE_STEP), (integers, step) => {
      const rate = (n: number) => (n >= 100 ? Math.round(n / 10) : n / 10);
      const values = integers.map((n) => (n === null || step === 1 ? n : rate(n)));
      const classes = classesOf(values, step);
      expect(classes.length).toBeLessThanOrEqual(6);
      for (const value of values) {
        const holding = classes.filter((c) => value !== null && value >= c.from && value <= c.to);
        expect(holding).toHaveLength(value === null ? 0 : 1);
        expect(classOf(value, classes)).toBe(value === null ? null : classes.indexOf(holding[0]!));
      }
    }),
  );
});

test('zero is a class of its own, also where no grid is at zero; without data there is no class', () => {
  expect(classesOf([0, 3, 9], 1)[0]).toEqual({ from: 0, to: 0 });
  expect(classesOf([3, 9], 1).slice(0, 2)).toEqual([
    { from: 0, to: 0 },
    { from: 1, to: expect.any(Number) },
  ]);
  expect(classesOf([null, null], 1)).toEqual([]);
});

test('one more report in one grid leaves the breaks of a county where they were', () => {
  const values = Array.from({ length: 278 }, (_, i) => Math.round(3 * 1.012 ** i));
  expect(classesOf(values.with(40, values[40]! + 1), 1)).toEqual(classesOf(values, 1));
});

test('the classes of rates end where the next value that can be written begins', () => {
  const classes = classesOf([0.4, 3, 9.9, 10, 44, 45, 101, 230, 300, 412], RATE_STEP);
  for (const [i, { to }] of classes.slice(0, -1).entries()) {
    const next = classes[i + 1]!.from;
    expect(next - to).toBeCloseTo(next > 10 ? 1 : 0.1);
  }
});

test('breaks are round', () => {
  expect([1, 4.6, 11, 24, 51, 97, 740].map((v) => nice(v, 1))).toEqual([1, 5, 10, 20, 50, 100, 800]);
});

test('labels are written out', () => {
  const format = (value: number) => String(value);
  expect(classLabel({ from: 0, to: 0 }, format)).toBe('0');
  expect(classLabel({ from: 5, to: 11 }, format)).toBe('5–11');
  expect(classLabel({ from: 96, to: Number.POSITIVE_INFINITY }, format)).toBe('≥ 96');
});

test('withheld small counts are the first class, in the place of zero; what is left out is in none', () => {
  const classes = classesOf([FEW, LEFT_OUT, null, 3, 7, 40], 1);
  expect(classes[0]).toEqual({ from: FEW, to: FEW });
  expect(classes[1]!.from).toBe(3);
  expect([classOf(FEW, classes), classOf(LEFT_OUT, classes), classOf(3, classes)]).toEqual([0, null, 1]);
  expect(classLabel(classes[0]!, (value) => (value === FEW ? '＜3' : String(value)))).toBe('＜3');
});
