import { expect, test } from 'vitest';
import { SHORTCUTS, shortcutOf } from './shortcuts.ts';

const plain = { ctrlKey: false, metaKey: false, altKey: false, isComposing: false, inText: false, onControl: false };

test('no key has two meanings', () => {
  const keys = SHORTCUTS.flatMap((shortcut) => [...shortcut.keys] as string[]);
  expect(new Set(keys).size).toBe(keys.length);
});

test('a key does what the table says, in either case', () => {
  expect(shortcutOf({ ...plain, key: 'T' })).toEqual({ action: 'table', nth: 0 });
  expect(shortcutOf({ ...plain, key: '3' })).toEqual({ action: 'measure', nth: 2 });
  expect(shortcutOf({ ...plain, key: 'x' })).toBeNull();
});

test('text fields, input methods and the browser keep their keys', () => {
  expect(shortcutOf({ ...plain, key: 't', inText: true })).toBeNull();
  expect(shortcutOf({ ...plain, key: 't', isComposing: true })).toBeNull();
  expect(shortcutOf({ ...plain, key: 'p', ctrlKey: true })).toBeNull();
  // The space bar plays time, but first of all it presses the button that one is on.
  expect(shortcutOf({ ...plain, key: ' ' })?.action).toBe('play');
  expect(shortcutOf({ ...plain, key: ' ', onControl: true })).toBeNull();
});
