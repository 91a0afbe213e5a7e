import { buildColumns } from '@wangge/geodata/incidents/build';
import { FEW, LEFT_OUT } from '@wangge/geodata/incidents/suppress';
import { expect, test } from 'vitest';
import { offsetAt } from '../situation/clock.ts';
import { peakOf, rhythmOf, suppressRhythm } from './rhythm.ts';

test('reports fall into the county’s hours and weekdays; collections have none', () => {
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
  const rhythm = rhythmOf(columns, () => 8 * 3600);
  expect(rhythm.week[0]).toBe(1);
  expect(rhythm.week[23]).toBe(1);
  // Thursday 00:00.
  expect(rhythm.week[3 * 24]).toBe(1);
  expect(rhythm.total).toBe(3);
});

test('where clocks change, each report has the hour of its own day', () => {
  const columns = buildColumns(
    ['2026-03-07T17:30:00Z', '2026-03-08T16:30:00Z'].map((occurred_at, i) => ({
      id: i + 1,
      occurred_at: new Date(occurred_at),
      point: null,
      grid_id: 1,
      village_code: null,
      township_code: null,
      category: 'a',
      kind: 'event' as const,
      urgency: 'normal' as const,
      state: 'closed' as const,
    })),
    { areas: [], categories: ['a'] },
  );
  const { week } = rhythmOf(columns, (second) => offsetAt(second, 'America/New_York'));
  expect([week[5 * 24 + 12], week[6 * 24 + 12]]).toEqual([1, 1]);
});

test('hours with few reports are withheld, and one more where their total would tell', () => {
  const week = Array<number>(168).fill(0);
  week[9] = 5;
  week[33] = 1;
  week[50] = 9;
  const shown = suppressRhythm({ week, total: 15 }, 15);
  expect([shown.week[9], shown.week[33], shown.week[0], shown.total]).toEqual([5, FEW, FEW, 15]);
  expect(peakOf(shown.week)).toEqual({ count: 9, at: 50 });
  week[33] = 0;
  const withheld = suppressRhythm({ week, total: 14 }, LEFT_OUT);
  expect([withheld.week[9], withheld.week[50], withheld.total]).toEqual([5, 9, LEFT_OUT]);
  expect(peakOf([FEW, LEFT_OUT, 0])).toBeNull();
});
