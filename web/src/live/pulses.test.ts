import { expect, test } from 'vitest';
import { recordAt } from './fake.ts';
import { MOST_PULSES, pulsesOf, spotOf } from './pulses.ts';

const code = (id: number) => (id === 1 ? '620622103001001' : undefined);

test('only new reports that were told as they happened and that are shown pulse', () => {
  const added = [recordAt(1, 1), recordAt(2, 2), recordAt(3, 3)];
  const applied = { asOf: 9, added, changed: [recordAt(4, 4)], news: new Set([1, 3, 4]) };
  expect(pulsesOf(applied, ({ id }) => id !== 3, code).map(({ id }) => id)).toEqual([1]);
});

test('a burst pulses with its most urgent and newest', () => {
  const added = Array.from({ length: 40 }, (_, i) => recordAt(i + 1, i, i === 5 ? { urgency: 'critical' } : {}));
  const applied = { asOf: 9, added, changed: [], news: new Set(added.map(({ id }) => id)) };
  const ids = pulsesOf(applied, () => true, code).map(({ id }) => id);
  expect(ids).toHaveLength(MOST_PULSES);
  expect(ids.slice(0, 3)).toEqual([6, 40, 39]);
});

test('a report stands at its point, else along the smallest area that is known', () => {
  expect(spotOf(recordAt(1, 1, { point: [103, 37] }), code)).toMatchObject({ point: [103, 37] });
  expect(spotOf(recordAt(1, 1), code)).toMatchObject({ point: null, area: { level: 'grid', code: '620622103001001' } });
  const village = { grid_id: 7, village_code: '620622103001', township_code: '620622103' };
  expect(spotOf(recordAt(1, 1, village), code).area).toEqual({ level: 'village', code: '620622103001' });
  expect(spotOf(recordAt(1, 1, { grid_id: null }), code).area).toBeNull();
});
