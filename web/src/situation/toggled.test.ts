import { expect, test } from 'vitest';
import { toggled } from './toggled.ts';

test('words are put in and taken out in the order of the dictionary; none and all are no filter', () => {
  const known = ['a', 'b', 'c'];
  expect(toggled(known, null, 'b')).toEqual(['b']);
  expect(toggled(known, ['b'], 'a')).toEqual(['a', 'b']);
  expect(toggled(known, ['a', 'b'], 'c')).toBeNull();
  expect(toggled(known, ['b'], 'b')).toBeNull();
});
