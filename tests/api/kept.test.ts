/** Pages that are given again as they were sent: nothing of them may be stale, foreign or less than the routes say. */
import { createService } from '@wangge/api/app';
import type { Database } from '@wangge/api/db/database';
import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGINES, openEngine } from '../engines.ts';
import { NOW } from './client.ts';

const GRIDS = '/ogc/collections/grids/items?limit=1000';

describe.each(ENGINES)('pages of the ground on %s', (engine) => {
  let db: Database;
  let service: ReturnType<typeof createService>;
  let stop: () => Promise<void>;
  let now = new Date(NOW);

  beforeAll(async () => {
    db = await openEngine(engine, 'gulang');
    service = createService({ db, clock: () => now, mapApprovalNo: null, log: pino({ level: 'silent' }) });
    stop = service.follow();
    // Until the feed follows and the county is in memory, every page is asked for.
    await service.models.current();
  });
  afterAll(async () => {
    await stop?.();
    await db?.close();
  });

  const ask = async (path: string, headers: Record<string, string> = {}, host = 'county.example') => {
    const answer = await service.app.request(`http://${host}${path}`, { headers: { ...headers, host } });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return { status: answer.status, headers: Object.fromEntries(answer.headers), bytes };
  };
  /** How many statements reach the database while `work` runs. */
  const statements = async (work: () => Promise<unknown>): Promise<number> => {
    const { rows } = db;
    let count = 0;
    Object.assign(db, {
      rows: (query: Parameters<typeof rows>[0]) => {
        count += 1;
        return rows.call(db, query);
      },
    });
    await work();
    Object.assign(db, { rows });
    return count;
  };

  it('are the same again, every header and byte, without asking the database', async () => {
    for (const headers of [{}, { 'accept-encoding': 'br, gzip' }, { 'accept-encoding': 'gzip' }]) {
      const first = await ask(GRIDS, headers);
      let again = first;
      expect(
        await statements(async () => {
          again = await ask(GRIDS, headers);
        }),
      ).toBe(0);
      expect(again).toEqual(first);
      const unchanged = await ask(GRIDS, { ...headers, 'if-none-match': first.headers.etag! });
      expect([unchanged.status, unchanged.bytes.byteLength]).toEqual([304, 0]);
      expect(unchanged.headers['content-security-policy']).toBe(first.headers['content-security-policy']);
    }
  });

  it('name the address at which they were asked for', async () => {
    await ask(GRIDS);
    const other = await ask(GRIDS, {}, 'other.example');
    const text = new TextDecoder().decode(other.bytes);
    expect(text.includes('http://other.example/ogc')).toBe(true);
    expect(text.includes('county.example')).toBe(false);
  });

  it('are made anew after a write to the ground, and on the next day', async () => {
    const before = await ask('/ogc/collections/staffing/items?limit=10000');
    await db.run(sql`INSERT INTO absence (county_code, worker_id, reason, from_day)
      SELECT county_code, id, 'sick', ${'2026-06-30'}::date FROM worker ORDER BY id LIMIT 5`);
    await expect
      .poll(async () => (await ask('/ogc/collections/staffing/items?limit=10000')).headers.etag)
      .not.toBe(before.headers.etag);
    const today = await ask(GRIDS);
    now = new Date('2026-07-01T04:00:00Z');
    expect((await ask(GRIDS)).headers.etag).not.toBe(today.headers.etag);
  });

  it('stand at the position of the moment when reports come in', async () => {
    const before = await ask(GRIDS);
    await db.run(sql`UPDATE incident SET urgency = urgency WHERE id = 1`, 1);
    await expect
      .poll(async () => Number((await ask(GRIDS)).headers['as-of']))
      .toBe(Number(before.headers['as-of']) + 1);
    expect((await ask(GRIDS)).headers.etag).toBe(before.headers.etag);
  });
});
