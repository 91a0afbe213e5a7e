import { buildColumns } from '@wangge/geodata/incidents/build';
import { expect, test } from 'vitest';
import { recordAt } from '../live/fake.ts';
import { indexOfId, listed } from './listed.ts';

const columns = buildColumns([recordAt(9, 100), recordAt(7, 300), recordAt(8, 200)], {
  areas: [],
  categories: ['road'],
});
const ids = (rows: Uint32Array) => [...rows].map((row) => columns.id[row]);

test('incidents are listed by the time at which they happened, not by their number', () => {
  expect(ids(listed(columns, null, true))).toEqual([7, 8, 9]);
  expect(ids(listed(columns, null, false))).toEqual([9, 8, 7]);
});

test('only what came in since can be listed, and an incident is found in its place', () => {
  const list = listed(columns, 7, true);
  expect(ids(list)).toEqual([8, 9]);
  expect(indexOfId(columns, list, 9)).toBe(1);
  expect(indexOfId(columns, list, 7)).toBe(-1);
});
