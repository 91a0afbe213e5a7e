import { createApp } from '@wangge/api/app';
import { catchUp, startDemonstration } from '@wangge/api/county/demonstration';
import { withSeat } from '@wangge/api/county/demonstration-seat';
import { storedWorld } from '@wangge/api/county/demonstration-world';
import { type HeldCounty, heldCounty } from '@wangge/api/county/held';
import type { Database } from '@wangge/api/db/database';
import { listen } from '@wangge/api/listen';
import { dayReports } from '@wangge/geodata/gulang/incidents/day';
import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ENGINES, openEngine } from '../engines.ts';
import { ANCHOR, SEED } from '../harness/county.ts';

const DAYS = ['2026-07-01', '2026-07-02', '2026-07-03', '2026-07-04'];
const at = (time: string) => new Date(`${time}+08:00`);

/** Incidents without a trail, or whose trail skips a state, goes back in time, or does not end at the present state. */
const UNSOUND_TRAILS = sql`
  SELECT count(*)::int AS n FROM incident i LEFT JOIN (
    SELECT incident_id, bool_and(sound) AS sound, max(at) AS at, max(to_state) FILTER (WHERE last) AS state
    FROM (
      SELECT f.*, f.seq = row_number() OVER steps
          AND f.from_state IS NOT DISTINCT FROM lag(f.to_state) OVER steps
          AND f.at >= lag(f.at, 1, '-infinity') OVER steps AS sound,
        lead(f.seq) OVER steps IS NULL AS last
      FROM incident_flow f WINDOW steps AS (PARTITION BY f.incident_id ORDER BY f.seq)
    ) f GROUP BY 1
  ) t ON t.incident_id = i.id
  WHERE t.sound IS NOT TRUE OR t.state <> i.state OR t.at <> i.state_at`;

describe.each(ENGINES)('a demonstration on %s', (engine) => {
  let db: Database;
  let held: HeldCounty;

  /** `external_id state` of what is stored of the days after the anchor. */
  const stored = async (): Promise<string[]> =>
    (
      await db.rows<{ report: string }>(sql`
        SELECT external_id || ' ' || state AS report FROM incident WHERE external_id NOT LIKE '%-y-%' ORDER BY 1`)
    ).map(({ report }) => report);
  /** The same as generated, for what came in after `since`. */
  const generated = async (perHour: number, asOf: Date, since = at('2026-07-01T00:00')): Promise<string[]> => {
    const world = await storedWorld(db, held.code);
    return DAYS.flatMap((day) => dayReports(world, { seed: SEED, anchor: ANCHOR, day, asOf, perHour }))
      .filter((report) => report.reported_at > since)
      .map((report) => `${report.external_id} ${report.state}`)
      .sort();
  };
  const count = async (query: ReturnType<typeof sql>): Promise<number> => (await db.rows<{ n: number }>(query))[0]!.n;

  beforeAll(async () => {
    db = await openEngine(engine, 'gulang');
    held = (await heldCounty(db))!;
  });
  afterAll(() => db?.close());

  it('is filled in to the present, and brought forward again after a pause', async () => {
    const first = at('2026-07-03T10:00');
    const { created, moved } = await catchUp(db, held, { asOf: first });
    expect(await stored()).toEqual(await generated(24, first));
    expect(created).toBe((await stored()).length);
    // Two days and the morning of a third at 24 an hour.
    expect(created).toBeGreaterThan(1000);
    expect(created).toBeLessThan(1800);
    expect(moved).toBeGreaterThan(0);
    expect(await catchUp(db, held, { asOf: first })).toEqual({ created: 0, moved: 0 });

    const later = at('2026-07-04T09:00');
    const next = await catchUp(db, held, { asOf: later });
    expect(next.created).toBeGreaterThan(300);
    expect(next.moved).toBeGreaterThan(0);
    expect(await stored()).toEqual(await generated(24, later));
    // Nothing is invented twice.
    expect(await count(sql`SELECT count(*)::int AS n FROM incident`)).toBe(207_000 + created + next.created);
    // A trail that was begun at one start and went on at the next is the one that was drawn.
    const trails = await db.rows<{ external_id: string; trail: string }>(sql`
      SELECT i.external_id, string_agg(f.to_state || ' ' || extract(epoch FROM f.at)::int8, ', ' ORDER BY f.seq) AS trail
      FROM incident i JOIN incident_flow f ON f.county_code = i.county_code AND f.incident_id = i.id
      WHERE i.external_id NOT LIKE '%-y-%' GROUP BY 1 ORDER BY 1`);
    const world = await storedWorld(db, held.code);
    const drawn = DAYS.flatMap((day) =>
      dayReports(world, { seed: SEED, anchor: ANCHOR, day, asOf: later, perHour: 24 }),
    )
      .filter((report) => report.reported_at > at('2026-07-01T00:00'))
      .map(({ external_id, trail }) => ({
        external_id,
        trail: trail.map((step) => `${step.state} ${step.at}`).join(', '),
      }));
    expect(trails).toEqual(drawn.sort((a, b) => (a.external_id < b.external_id ? -1 : 1)));
    expect(await count(UNSOUND_TRAILS)).toBe(0);
  });

  it('posts through the public API what has come in since, at the rate of the day, and later states', async () => {
    const since = new Date((await db.rows<{ at: string }>(sql`SELECT max(reported_at) AS at FROM incident`))[0]!.at);
    const before = await stored();
    const now = at('2026-07-04T11:00');
    const clock = () => now;
    const log = pino({ level: 'silent' });
    const app = createApp({ db, clock, mapApprovalNo: null, log });
    const listening = await listen((request) => app.fetch(request), { host: '127.0.0.1', port: 0 });
    const news = await generated(120, now, since);
    expect(news.length).toBeGreaterThan(100);
    // It waits for nothing, so that its turn comes to every earlier day.
    const wait = () => new Promise<void>((resolve) => setImmediate(resolve));
    const running = startDemonstration(db, held, { url: listening.url, rate: 120, clock, log, wait });
    try {
      await vi.waitFor(
        async () => expect((await stored()).filter((report) => report.includes('-r120-'))).toEqual(news),
        { timeout: 100_000, interval: 500 },
      );
    } finally {
      await running.stop();
      await listening.close(0);
    }
    // What was there under the other rate is neither lost nor invented again.
    const ids = (reports: string[]) => reports.map((report) => report.split(' ')[0]);
    expect(ids(await stored()).filter((id) => !id!.includes('-r120-'))).toEqual(ids(before));
    expect(await count(UNSOUND_TRAILS)).toBe(0);
    // Its points went through the API's own placing and came out in the grids that were meant.
    const world = await storedWorld(db, held.code);
    const meant = new Map(
      DAYS.flatMap((day) => dayReports(world, { seed: SEED, anchor: ANCHOR, day, asOf: now, perHour: 120 })).map(
        (report) => [report.external_id, report.grid_id],
      ),
    );
    const placed = await db.rows<{ external_id: string; grid_id: number | null }>(
      sql`SELECT external_id, grid_id FROM incident WHERE external_id LIKE '%-r120-%'`,
    );
    expect(placed.filter(({ external_id, grid_id }) => meant.get(external_id) !== grid_id)).toEqual([]);
  });
});

describe('the seat of the generator', () => {
  it('is held by one process on a PostgreSQL, and free again when that one ends, however it ends', async () => {
    const db = await openEngine('postgres', 'empty');
    let leave = () => {};
    const seated = new Promise<void>((resolve) => {
      leave = resolve;
    });
    let sitting = () => {};
    const sat = new Promise<void>((resolve) => {
      sitting = resolve;
    });
    const first = withSeat(db, async (stillSeated) => {
      sitting();
      await seated;
      await stillSeated();
    });
    await sat;
    const second = vi.fn();
    expect(await withSeat(db, second)).toBe(false);
    expect(second).not.toHaveBeenCalled();
    leave();
    expect(await first).toBe(true);

    const failing = withSeat(db, async () => {
      throw new Error('crashed');
    });
    await expect(failing).rejects.toThrow('crashed');
    expect(await withSeat(db, second)).toBe(true);
    expect(second).toHaveBeenCalledOnce();
  });
});
