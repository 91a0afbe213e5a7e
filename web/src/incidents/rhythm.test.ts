import { buildColumns } from '@wangge/geodata/incidents/build';
import { expect, test } from 'vitest';
import { rhythmOf } from './rhythm.ts';

test('reports fall into the county’s days, hours and weekdays; collections have no hour', () => {
  const record = (id: number, occurred_at: string, kind: 'collection' | 'event') => ({
    id,
    occurred_at: new Date(occurred_at),
    point: null,
    grid_id: 1,
    village_code: null,
    township_code: null,
    category: 'a',
    kind,
    urgency: 'normal' as const,
    state: 'closed' as const,
  });
  const columns = buildColumns(
    [
      // Monday 2026-11-23 00:30 in the county, Sunday in UTC.
      record(1, '2026-11-22T16:30:00Z', 'event'),
      record(2, '2026-11-23T15:59:00Z', 'event'),
      record(3, '2026-11-24T02:00:00Z', 'collection'),
      record(4, '2026-11-25T16:00:00Z', 'event'),
    ],
    { areas: [], categories: ['a'] },
  );
  const rhythm = rhythmOf(columns, Date.parse('2026-11-22T16:00:00Z') / 1000, 8 * 3600, 3);
  expect([...rhythm.days]).toEqual([2, 1, 0]);
  expect(rhythm.total).toBe(3);
  expect(rhythm.week[0]).toBe(1);
  expect(rhythm.week[23]).toBe(1);
  expect(rhythm.weekTotal).toBe(2);
});
