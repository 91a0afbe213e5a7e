import { buildColumns } from '@wangge/geodata/incidents/build';
import { FEW, LEFT_OUT } from '@wangge/geodata/incidents/suppress';
import { expect, test } from 'vitest';
import { peakOf, rhythmOf, suppressRhythm } from './rhythm.ts';

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
  expect(Array.from(rhythm.days)).toEqual([2, 1, 0]);
  expect(rhythm.total).toBe(3);
  expect(rhythm.week[0]).toBe(1);
  expect(rhythm.week[23]).toBe(1);
  expect(rhythm.weekTotal).toBe(2);
});

test('days and hours with few reports are withheld, and one more where their total would tell', () => {
  const week = Array<number>(168).fill(0);
  week[9] = 5;
  week[33] = 1;
  const rhythm = { days: [7, 0, 2, 9], week, total: 18, weekTotal: 6 };
  const shown = suppressRhythm(rhythm, { total: 18, weekTotal: LEFT_OUT });
  expect(shown.days).toEqual([7, FEW, FEW, 9]);
  expect([shown.week[9], shown.week[33], shown.week[0]]).toEqual([5, FEW, FEW]);
  expect([shown.total, shown.weekTotal]).toEqual([18, LEFT_OUT]);
  expect(peakOf(shown.days)).toEqual({ count: 9, at: 3 });
  expect(peakOf([FEW, LEFT_OUT, 0])).toBeNull();
});
