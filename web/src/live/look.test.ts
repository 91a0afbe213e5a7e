import { buildColumns, type IncidentRecord } from '@wangge/geodata/incidents/build';
import { expect, test } from 'vitest';
import { recordAt } from './fake.ts';
import { AWAY_MS, awaySince, keepLook, keptLook, lookAt, mostChanged } from './look.ts';

const built = (...records: IncidentRecord[]) => buildColumns(records, { areas: [], categories: ['road'] });

/** Grid 1 lies in area a, grid 2 in area b, others in none. */
const within = (columns: ReturnType<typeof built>) => (row: number) => ['', 'a', 'b'][columns.grid[row]!] || null;

const before = built(
  recordAt(1, 100),
  recordAt(2, 200, { grid_id: 2 }),
  recordAt(3, 300, { state: 'closed' }),
  recordAt(4, 400, { kind: 'collection' }),
);
const look = lookAt(before, '620622', 1_000_000);

test('of a look the greatest id and what is open are kept, and read back as they were', () => {
  expect(look).toEqual({ county: '620622', at: 1_000_000, lastId: 4, open: [1, 2] });
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (k: string, v: string) => void kept.set(k, v),
  };
  expect(keptLook(storage)).toBeNull();
  keepLook(storage, look);
  expect(keptLook(storage)).toEqual(look);
  kept.set('wangge.look', '{"county":1');
  expect(keptLook(storage)).toBeNull();
});

test('new, newly closed and pressing reports are told by area, in code order', () => {
  const after = built(
    recordAt(1, 100, { state: 'archived' }),
    recordAt(2, 200, { grid_id: 2, state: 'in_progress' }),
    recordAt(3, 300, { state: 'archived' }),
    recordAt(4, 400, { kind: 'collection', state: 'closed' }),
    recordAt(5, 90, { grid_id: 2, urgency: 'urgent' }),
    recordAt(6, 600, { grid_id: 2, kind: 'dispute', urgency: 'critical' }),
    recordAt(7, 700, { grid_id: null, kind: 'collection' }),
    recordAt(8, 800, { grid_id: 2, urgency: 'urgent', state: 'closed' }),
  );
  const away = awaySince(look, after, '620622', within(after), look.at + AWAY_MS)!;
  expect(away.fresh).toEqual({ total: 4, collection: 1, event: 2, dispute: 1 });
  // Only what was open then counts: not the closed one that was archived, not a new one that is closed already.
  expect(away.closed).toBe(1);
  expect(away.pressing.map((row) => after.id[row])).toEqual([6, 8, 5]);
  expect(away.areas).toEqual([
    { code: 'a', fresh: 0, closed: 1 },
    { code: 'b', fresh: 3, closed: 0 },
  ]);
});

test('nothing is told after a short absence, without a change, or of another county', () => {
  const after = built(recordAt(1, 100), recordAt(9, 900));
  const told = (county: string, ms: number, columns = after) =>
    awaySince(look, columns, county, within(columns), look.at + ms);
  expect(told('620622', AWAY_MS)).not.toBeNull();
  expect(told('620622', AWAY_MS - 1)).toBeNull();
  expect(told('620623', AWAY_MS)).toBeNull();
  expect(told('620622', AWAY_MS, before)).toBeNull();
});

test('the areas with most change are chosen, and not ranked', () => {
  const area = (code: string, fresh: number, closed: number) => ({ code, fresh, closed });
  const areas = [area('a', 1, 0), area('b', 5, 1), area('c', 0, 2), area('d', 0, 9)];
  expect(mostChanged(areas, 2).map(({ code }) => code)).toEqual(['b', 'd']);
});
