/** A runaway statement is cut; everything else goes on, and nothing that was acknowledged is lost. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Database } from '@wangge/api/db/database';
import { type SQL, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGINES, openEngine } from '../../engines.ts';

/** Days of work for either engine. */
const RUNAWAY = sql`
  SELECT count(*) AS n FROM generate_series(1, 100000) a, generate_series(1, 100000) b
  WHERE ST_DWithin(ST_MakePoint(a, b), ST_MakePoint(b, a), 0.5)`;

describe.each(ENGINES)('the watchdog on %s', (engine) => {
  let db: Database;
  let server: Server;
  beforeAll(async () => {
    db = await openEngine(engine, 'empty', { statementTimeoutMs: 1_500 });
    await db.run(sql`CREATE TABLE kept (n int, g geometry)`);
    await db.run(sql`INSERT INTO kept SELECT n, ST_MakePoint(n, n) FROM generate_series(1, 1000) n`, 1000);
    server = createServer((_, response) => response.end('ok'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  /** What went on in this process while the statement ran away. */
  async function meanwhile(work: Promise<unknown>): Promise<{ ticks: number; answers: number; outcome: unknown }> {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    let running = true;
    let ticks = 0;
    let answers = 0;
    const timer = setInterval(() => {
      ticks += 1;
    }, 10);
    const asking = (async () => {
      while (running) {
        await (await fetch(url)).text();
        answers += 1;
      }
    })();
    const outcome = await work.catch((error: unknown) => error);
    running = false;
    clearInterval(timer);
    await asking;
    return { ticks, answers, outcome };
  }

  const kept = async (): Promise<number> => (await db.rows<{ n: number }>(sql`SELECT count(*) AS n FROM kept`))[0]!.n;

  it('cuts a runaway query while timers and HTTP go on', async () => {
    const { ticks, answers, outcome } = await meanwhile(db.rows(RUNAWAY));
    expect(outcome).toMatchObject({ name: 'DatabaseError', code: '57014' });
    expect(ticks).toBeGreaterThan(20);
    expect(answers).toBeGreaterThan(20);
    expect(await kept()).toBe(1000);
  });

  it('rolls back the transaction that it ran in, and takes nothing more for it', async () => {
    const later: unknown[] = [];
    const work = db.transaction(async (tx) => {
      await tx.run(sql`DELETE FROM kept WHERE n > 10`, 990);
      const cut = await tx.rows(RUNAWAY).catch((error: unknown) => error);
      later.push(cut, await tx.run(sql`INSERT INTO kept VALUES (0)`).catch((error: unknown) => error));
    });
    await expect(work).rejects.toMatchObject({ code: '57014' });
    expect(later).toMatchObject([{ code: '57014' }, { name: 'DatabaseError' }]);
    expect(await kept()).toBe(1000);
  });

  it('lets the queries that waited behind it go on', async () => {
    const answers = [db.rows(RUNAWAY).catch((error: unknown) => error), kept(), kept(), kept()] as const;
    expect(await Promise.all(answers)).toMatchObject([{ code: '57014' }, 1000, 1000, 1000]);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['a statement that writes', () => db.run(sql`INSERT INTO kept SELECT n FROM (${RUNAWAY}) q`)],
    ['a COPY out', () => db.copyOut(text(RUNAWAY), 'text')],
  ])('cuts %s as well', async (_, work) => {
    await expect(work()).rejects.toMatchObject({ code: '57014' });
    expect(await kept()).toBe(1000);
  });

  it('leaves the geometry engine whole', async () => {
    expect(await db.rows(sql`SELECT ST_Area(ST_Union(ST_Buffer(g, 1))) > 0 AS whole FROM kept WHERE n < 50`)).toEqual([
      { whole: true },
    ]);
  });
});

const text = (query: SQL): string =>
  query.queryChunks.map((chunk) => (chunk as { value: string[] }).value.join('')).join('');
