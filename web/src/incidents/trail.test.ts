import { expect, test } from 'vitest';
import { type Flow, partsOf, stagesOf } from './trail.ts';

const step = (to_state: Flow['to_state'], at: string): Flow => ({ from_state: null, to_state, at });

test('each state lasts until the next, the present one until now, and an ending one has no length', () => {
  const trail = [step('reported', '2026-06-01T00:00:00Z'), step('accepted', '2026-06-01T01:30:00Z')];
  const now = Date.parse('2026-06-03T02:30:00Z');
  expect(stagesOf(trail, now).map(({ seconds, last }) => [seconds, last])).toEqual([
    [5400, false],
    [49 * 3600, true],
  ]);
  const closed = stagesOf([...trail, step('closed', '2026-06-02T00:00:00Z')], now);
  expect(closed.at(-1)).toEqual({ state: 'closed', at: '2026-06-02T00:00:00Z', seconds: null, last: true });
});

test('clocks that differ give no negative length', () => {
  const trail = [step('reported', '2026-06-01T00:00:10Z'), step('accepted', '2026-06-01T00:00:00Z')];
  expect(stagesOf(trail, 0).map(({ seconds }) => seconds)).toEqual([0, 0]);
});

test('a length is told in days, hours and minutes', () => {
  expect(partsOf(2 * 86_400 + 3 * 3600 + 59)).toEqual({ days: 2, hours: 3, minutes: 0 });
  expect(partsOf(59)).toEqual({ days: 0, hours: 0, minutes: 0 });
});
