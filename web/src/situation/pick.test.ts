import type { Totals } from '@wangge/api/county/schema';
import { expect, test } from 'vitest';
import type { AreaNode } from '../divisions/areas.ts';
import { classesOf } from './classes.ts';
import { NO_DATA, pickedGrids, pickOf } from './pick.ts';

const grid = (code: string, coverage: 'own' | 'vacant' | 'unknown'): AreaNode => ({
  code,
  name: code,
  name_en: null,
  level: 'grid',
  parent: null,
  children: [],
  totals: { coverage: { own: 0, shared: 0, vacant: 0, unknown: 0, [coverage]: 1 } } as unknown as Totals,
});
const grids = [grid('a', 'own'), grid('b', 'vacant'), grid('c', 'unknown'), grid('d', 'vacant')];
const values = new Map<string, number | null>([
  ['a', 0],
  ['b', 7],
  ['c', null],
  ['d', 40],
]);
const classes = classesOf(values.values(), 1);
const codes = (measure: 'reports' | 'coverage', pick: string | null) =>
  pickedGrids(grids, measure, pick, values, classes).map((node) => node.code);

test('the classes of a legend share out all grids', () => {
  const all = [...classes.map(pickOf), NO_DATA].flatMap((pick) => codes('reports', pick));
  expect(all.sort()).toEqual(['a', 'b', 'c', 'd']);
  expect(codes('reports', '0')).toEqual(['a']);
  expect(codes('reports', NO_DATA)).toEqual(['c']);
});

test('a coverage class lists its grids in their order', () => {
  expect(codes('coverage', 'vacant')).toEqual(['b', 'd']);
  expect(codes('coverage', 'unknown')).toEqual(['c']);
});

test('nothing, or a class that is not there, picks nothing', () => {
  expect(codes('reports', null)).toEqual([]);
  expect(codes('reports', '31')).toEqual([]);
});
