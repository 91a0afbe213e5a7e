/** The feed and `/api/live`: nothing is skipped, nothing told twice, and a client goes on where it stood. */
import { get, type IncomingMessage } from 'node:http';
import { createService } from '@wangge/api/app';
import type { Database } from '@wangge/api/db/database';
import { type Listening, listen } from '@wangge/api/listen';
import { numberEvents, pruneEvents } from '@wangge/api/live/queries';
import type { WireIncident } from '@wangge/geodata/incidents/wire';
import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ENGINES, openEngine } from '../engines.ts';
import { Client, NOW } from './client.ts';

interface Told {
  readonly event: string;
  readonly id: number | null;
  readonly data: {
    readonly as_of: number;
    readonly pending?: number;
    readonly reason?: string;
    readonly incidents?: readonly WireIncident[];
  };
}

/** A client of the event stream that keeps what it is told. */
class Listener {
  readonly told: Told[] = [];
  #text = '';
  #answer: IncomingMessage | null = null;
  #request: ReturnType<typeof get> | null = null;

  async open(url: string, query = '', headers: Record<string, string> = {}): Promise<IncomingMessage> {
    return await new Promise((resolve, reject) => {
      this.#request = get(`${url}/api/live${query}`, { agent: false, headers }, (answer) => {
        this.#answer = answer;
        answer.setEncoding('utf8');
        answer.on('data', (chunk: string) => {
          this.#text += chunk;
          for (let end = this.#text.indexOf('\n\n'); end >= 0; end = this.#text.indexOf('\n\n')) {
            this.#take(this.#text.slice(0, end));
            this.#text = this.#text.slice(end + 2);
          }
        });
        answer.on('error', () => undefined);
        resolve(answer);
      });
      this.#request.on('error', reject);
    });
  }

  #take(block: string): void {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
    const event = field('event');
    if (event === undefined) return;
    const id = field('id');
    this.told.push({ event, id: id === undefined ? null : Number(id), data: JSON.parse(field('data')!) });
  }

  of(event: string): Told[] {
    return this.told.filter((each) => each.event === event);
  }

  get ids(): number[] {
    return this.of('incidents').flatMap(({ data }) => data.incidents!.map(({ id }) => id));
  }

  pause(): void {
    this.#answer?.pause();
  }

  resume(): void {
    this.#answer?.resume();
  }

  close(): void {
    this.#request?.destroy();
  }
}

const EMPTY = { source: 'live', kind: 'event', category: 'traffic', occurred_at: '2026-06-30T03:00:00Z' } as const;

describe.each(ENGINES)('/api/live on %s', (engine) => {
  let db: Database;
  let client: Client;
  let listening: Listening;
  let stop: () => Promise<void>;
  let serial = 0;
  const open: Listener[] = [];

  beforeAll(async () => {
    db = await openEngine(engine, 'gulang');
    client = new Client(db);
    const service = createService({
      db,
      clock: () => new Date(NOW),
      mapApprovalNo: null,
      log: pino({ level: 'silent' }),
      maxStreams: 3,
    });
    stop = service.follow();
    listening = await listen((request, env) => service.app.fetch(request, env), { host: '127.0.0.1', port: 0 });
  });
  afterEach(() => {
    for (const listener of open.splice(0)) listener.close();
  });
  afterAll(async () => {
    await stop?.();
    await listening?.close(0);
    await db?.close();
  });

  const enter = async (query = '', headers: Record<string, string> = {}): Promise<Listener> => {
    const listener = new Listener();
    open.push(listener);
    // One that was closed by the test before may still be leaving.
    await expect
      .poll(async () => (await listener.open(listening.url, query, headers)).statusCode, { timeout: 10_000 })
      .toBe(200);
    await expect.poll(() => listener.told.length).toBeGreaterThan(0);
    return listener;
  };
  const post = async (more: object = {}): Promise<{ id: number; as_of: number }> => {
    serial += 1;
    const answer = await fetch(`${listening.url}/api/incidents`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...EMPTY, external_id: String(serial), ...more }),
    });
    const body = (await answer.json()) as { as_of: number; results: { id: number }[] };
    return { id: body.results[0]!.id, as_of: body.as_of };
  };
  const head = async (): Promise<number> => (await client.json<{ as_of: number }>('/api/overview')).as_of;

  it('says hello, then tells what is written, with the position at which answers contain it', async () => {
    const listener = await enter();
    expect(listener.told[0]).toMatchObject({ event: 'hello', data: { pending: 0 } });
    const { id, as_of } = await post({ point: { lon: 102.8969, lat: 37.473, crs: '4490' }, urgency: 'urgent' });
    await expect.poll(() => listener.ids).toEqual([id]);
    const [told] = listener.of('incidents');
    expect(told!.id).toBe(as_of);
    expect(told!.data.incidents![0]).toMatchObject({
      id,
      kind: 'event',
      urgency: 'urgent',
      state: 'reported',
      occurred_at: Date.parse(EMPTY.occurred_at) / 1000,
      lon: 1_028_969_000,
      lat: 374_730_000,
    });
    expect(await head()).toBe(as_of);
  });

  it('goes on where a client stood, by Last-Event-ID or by after, whichever is later', async () => {
    const from = await head();
    const first = await post();
    const second = await post();
    const third = await post();
    const behind = await enter(`?after=${from}`);
    await expect.poll(() => behind.ids).toEqual([first.id, second.id, third.id]);
    expect(behind.told[0]).toMatchObject({ data: { as_of: from, pending: 3 } });
    const resumed = await enter(`?after=${from}`, { 'last-event-id': String(second.as_of) });
    await expect.poll(() => resumed.ids).toEqual([third.id]);
    const now = await enter(`?after=${third.as_of}`);
    expect(now.told[0]).toMatchObject({ data: { pending: 0 } });
    const changes = await client.json<{ as_of: number; incidents: WireIncident[] }>(
      `/api/incidents/changes?after=${first.as_of}`,
    );
    expect(changes.as_of).toBe(third.as_of);
    expect(changes.incidents.map(({ id }) => id)).toEqual([second.id, third.id]);
  });

  it('tells to start anew where the past is no longer kept, or was another database', async () => {
    const ahead = await enter(`?after=${(await head()) + 1000}`);
    await expect.poll(() => ahead.of('reset')).toMatchObject([{ data: { reason: 'too-old' } }]);
    await client.problem(client.ask(`/api/incidents/changes?after=${(await head()) + 1000}`), 410, 'too-old');
    const { id } = await post();
    // It goes on from there all the same.
    await expect.poll(() => ahead.ids).toEqual([id]);
  });

  it('tells when the ground changes, and when too much changed to be told', async () => {
    const listener = await enter();
    await db.run(sql`UPDATE division SET short_name = short_name WHERE level = 'county'`);
    await expect.poll(() => listener.of('ground')).toHaveLength(1);
    await db.run(sql`UPDATE incident SET urgency = urgency WHERE id <= 6000`);
    await expect.poll(() => listener.of('reset')).toMatchObject([{ data: { reason: 'reloaded' } }]);
  });

  it('refuses one stream more than the limit, in a sentence', async () => {
    await enter();
    await enter();
    await enter();
    const refused = await fetch(`${listening.url}/api/live`);
    expect(refused.headers.get('retry-after')).toBe('60');
    const problem = await client.problem(refused, 503, 'too-many-streams');
    expect(problem.detail).toContain('3');
  });

  it('drops old events, and tells so to whoever stood among them', async () => {
    const from = await head();
    await post();
    const { as_of } = await post();
    await db.run(sql`UPDATE live_event SET at = at - interval '30 days' WHERE position <= ${as_of - 1}`);
    await db.transaction((tx) => pruneEvents(tx, '620622', new Date(Date.now() - 86_400_000)));
    expect(await db.rows(sql`SELECT min(position) AS first FROM live_event`)).toEqual([{ first: as_of }]);
    // Another process, whose memory begins now.
    const other = new Client(db);
    await other.problem(other.ask(`/api/incidents/changes?after=${from}`), 410, 'too-old');
    expect(await other.json(`/api/incidents/changes?after=${as_of - 1}`)).toMatchObject({ as_of });
    // In this process they are still in memory.
    expect(await (await fetch(`${listening.url}/api/incidents/changes?after=${from}`)).json()).toMatchObject({ as_of });
  });

  it('names a position that is none', async () => {
    for (const after of ['x', '-1', '1.5', '']) {
      const problem = await client.problem(fetch(`${listening.url}/api/live?after=${after}`), 400);
      expect(problem.errors[0]!.pointer).toBe('?after');
    }
  });

  it('tells a client that does not read how much it missed, once it reads again, and keeps the others going', async () => {
    const slow = await enter();
    const quick = await enter();
    slow.pause();
    let written = 0;
    // Until its socket, and what may wait for it, are full: the kernel's buffers hold some megabytes.
    for (let from = 6000; from < 36_000; from += 5000) {
      // Straight into the outbox: what matters is what is told, and thousands of updates take minutes when embedded.
      written += await db.run(sql`
        INSERT INTO live_event (county_code, kind, area, payload)
        SELECT county_code, 'incident', coalesce(village_code, township_code), jsonb_build_object('id', id, 'kind', kind,
          'category', category, 'urgency', urgency, 'state', state, 'occurred_at', 0, 'reported_at', 0, 'lon', NULL,
          'lat', NULL, 'grid_id', grid_id, 'village_code', village_code, 'township_code', township_code)
        FROM incident WHERE id > ${from} AND id <= ${from + 5000}`);
      await db.rows(sql`SELECT pg_notify('wangge_live', '')::text AS told`);
      const at = await numberEvents(db, '620622');
      await expect.poll(() => quick.told.at(-1)!.data.as_of, { timeout: 60_000 }).toBe(at);
    }
    slow.resume();
    await expect.poll(() => slow.of('digest').length, { timeout: 60_000 }).toBeGreaterThan(0);
    const digests = slow.of('digest').map(({ data }) => data as unknown as { count: number; areas: string[] });
    const missed = digests.reduce((sum, { count }) => sum + count, 0);
    expect(new Set(slow.ids).size + missed).toBe(written);
    expect(digests[0]!.areas.length).toBeGreaterThan(0);
    const { id } = await post();
    await expect.poll(() => slow.ids.at(-1)).toBe(id);
  });
});

describe('the order of commits, on postgres', () => {
  it('reaches every client with a slow transaction that commits after a later one, and lets none wait for it', async () => {
    const db = await openEngine('postgres', 'gulang');
    const services = [0, 1].map(() =>
      createService({ db, clock: () => new Date(NOW), mapApprovalNo: null, log: pino({ level: 'silent' }) }),
    );
    const stops = services.map((service) => service.follow());
    const listeners: Listener[] = [];
    const servers: Listening[] = [];
    try {
      for (const service of services) {
        const server = await listen((request, env) => service.app.fetch(request, env), { host: '127.0.0.1', port: 0 });
        servers.push(server);
        const listener = new Listener();
        listeners.push(listener);
        await listener.open(server.url);
        await expect.poll(() => listener.told.length).toBeGreaterThan(0);
      }
      const change = (tx: Pick<Database, 'run'>, id: number) =>
        tx.run(sql`UPDATE incident SET urgency = 'critical' WHERE id = ${id}`, 1);
      await db.transaction(async (slow) => {
        await change(slow, 11);
        // Begun later, committed earlier: told while the slow one is still open, in every process.
        await db.transaction((quick) => change(quick, 12));
        for (const listener of listeners) await expect.poll(() => listener.ids).toEqual([12]);
        await change(slow, 13);
        await db.transaction((quick) => change(quick, 14));
        for (const listener of listeners) await expect.poll(() => listener.ids).toEqual([12, 14]);
      });
      for (const listener of listeners) await expect.poll(() => listener.ids).toEqual([12, 14, 11, 13]);
      // Positions are the same in both processes, and without gaps.
      const [row] = await db.rows<{ gaps: number; unnumbered: number }>(sql`
        SELECT max(position) - min(position) + 1 - count(*) AS gaps, count(*) FILTER (WHERE position IS NULL) AS unnumbered
        FROM live_event`);
      expect(row).toEqual({ gaps: 0, unnumbered: 0 });
      const ids = listeners.map((listener) => listener.of('incidents').map((each) => each.id));
      expect(ids[0]!.at(-1)).toBe(ids[1]!.at(-1));
    } finally {
      for (const listener of listeners) listener.close();
      for (const stop of stops) await stop();
      for (const server of servers) await server.close(0);
      await db.close();
    }
  });
});
