import { applyChanges, buildColumns, type IncidentRecord } from '@wangge/geodata/incidents/build';
import type { IncidentColumns } from '@wangge/geodata/incidents/columns';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ApiError } from '../ui/request.ts';
import { FakeClock, FakeServer, recordAt, settled } from './fake.ts';
import { freshnessOf } from './freshness.ts';
import { APPLY_EVERY_MS } from './intake.ts';
import { waitAfter } from './link.ts';
import { type Applied, type HeldColumns, Live, REST_AFTER_MS } from './live.ts';

const DICTIONARY = { areas: [], categories: ['road'] };

/** The columns of one page, loaded from the fake server. */
class Columns implements HeldColumns {
  #held: { columns: IncidentColumns; asOf: number } | null = null;
  #listeners = new Set<() => void>();
  loads = 0;
  constructor(readonly server: FakeServer) {}

  get() {
    return this.#held;
  }
  subscribe(listener: () => void) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  async reload() {
    this.loads++;
    await settled();
    if (this.server.away) throw new ApiError(0, null, '');
    this.put(buildColumns(this.server.state().values(), DICTIONARY), this.server.head);
  }
  apply(asOf: number, changes: readonly IncidentRecord[]) {
    expect(asOf).toBeGreaterThan(this.#held!.asOf);
    try {
      this.put(applyChanges(this.#held!.columns, changes), asOf);
    } catch {
      // A word that the dictionary lacks.
    }
  }
  put(columns: IncidentColumns, asOf: number) {
    this.#held = { columns, asOf };
    for (const listener of this.#listeners) listener();
  }
}

async function page(server = new FakeServer()) {
  const clock = new FakeClock();
  const held = new Columns(server);
  let ground = 0;
  const live = new Live({
    transport: server,
    held,
    clock,
    random: () => 0.5,
  });
  live.start(() => ground++);
  await held.reload();
  await clock.pass(1000);
  const applied: Applied[] = [];
  live.listen((batch) => applied.push(batch));
  return {
    server,
    clock,
    held,
    live,
    applied,
    ground: () => ground,
    says: () => freshnessOf(live.link, clock.now()),
    /** What the page shows equals what a fresh load would. */
    equalsFreshLoad: () => expect(held.get()!.columns).toEqual(buildColumns(server.state().values(), DICTIONARY)),
  };
}

const some = (first: number, count: number) => Array.from({ length: count }, (_, i) => recordAt(first + i, first + i));

test('a report is applied in the next frame, and a burst in one', async () => {
  const { server, clock, applied, equalsFreshLoad } = await page();
  server.post(recordAt(1, 1));
  await clock.pass(20);
  expect(applied).toMatchObject([{ asOf: 1, added: [{ id: 1 }], changed: [] }]);
  for (let id = 2; id < 50; id++) server.post(recordAt(id, id));
  server.post(recordAt(1, 1, { state: 'closed' }));
  await clock.pass(APPLY_EVERY_MS + 20);
  expect(applied).toHaveLength(2);
  expect(applied[1]!.added).toHaveLength(48);
  expect(applied[1]!.changed).toMatchObject([{ id: 1, state: 'closed' }]);
  equalsFreshLoad();
});

test('the chip counts from the last word of the server, and notices its silence', async () => {
  const { server, clock, says } = await page();
  server.beat();
  await clock.pass(3000);
  expect(says()).toEqual({ kind: 'live', seconds: 3 });
  server.beat();
  expect(says()).toEqual({ kind: 'live', seconds: 0 });
  server.away = true;
  await clock.pass(26_000);
  // Silent for 25 s: hung up, taken up again, refused; nothing is called live any more.
  expect(says()).toEqual({ kind: 'disconnected', at: '2026-07-01T06:02:00Z' });
});

test('a break of a minute with 500 reports is caught up with from the outbox: no column is loaded again', async () => {
  const { server, clock, held, live, says, applied, equalsFreshLoad } = await page();
  server.post(...some(1, 10));
  await clock.pass(1000);
  const loads = held.loads;
  server.away = true;
  server.cut();
  await clock.pass(60_000);
  server.post(...some(11, 500));
  expect(says()).toEqual({ kind: 'disconnected', at: '2026-07-01T06:02:00Z' });
  server.away = false;
  live.reach(true);
  await settled();
  await clock.pass(500);
  expect(says()).toMatchObject({ kind: 'live' });
  expect(applied.at(-1)).toMatchObject({ asOf: 510, news: new Set() });
  equalsFreshLoad();
  expect(held.loads).toBe(loads);
  expect(server.asked.filter((line) => line.startsWith('live')).at(-1)).toBe('live 10');
});

test('attempts are quick at first, then further apart, and at once when the network or the reader is back', async () => {
  expect([1, 2, 3, 9].map((failures) => waitAfter(failures, 0.5))).toEqual([300, 600, 1200, 22_500]);
  const { server, clock, live } = await page();
  server.away = true;
  server.cut();
  await clock.pass(300_000);
  const streams = () => server.asked.filter((line) => line.startsWith('live')).length;
  const tries = streams();
  expect(tries).toBeGreaterThan(8);
  expect(tries).toBeLessThan(25);
  server.away = false;
  live.see(true);
  await settled();
  expect(streams()).toBe(tries + 1);
  expect(live.link.phase).toBe('live');
});

test('a browser without network says so at once, and tries again when it is back', async () => {
  const { server, live, says } = await page();
  server.beat();
  server.away = true;
  live.reach(false);
  expect(says()).toEqual({ kind: 'disconnected', at: '2026-07-01T06:02:00Z' });
  server.away = false;
  live.reach(true);
  await settled();
  expect(says()).toEqual({ kind: 'live', seconds: 0 });
});

test('while events are missing the chip counts them down', async () => {
  const { server, live, says } = await page();
  server.tell({ type: 'hello', asOf: 42, at: '', pending: 42 });
  expect(says()).toEqual({ kind: 'catching-up', count: 42 });
  server.tell({ type: 'incidents', asOf: 40, at: '', incidents: [recordAt(1, 1)] });
  expect(says()).toEqual({ kind: 'catching-up', count: 2 });
  server.tell({ type: 'incidents', asOf: 42, at: '', incidents: [recordAt(2, 1)] });
  expect(says()).toMatchObject({ kind: 'live' });
  expect(live.link.position).toBe(42);
});

test('what was left out is asked for, and what comes meanwhile waits for it', async () => {
  const { server, clock, held, equalsFreshLoad } = await page();
  server.post(...some(1, 3));
  server.postUntold(recordAt(1, 1, { state: 'accepted' }), recordAt(4, 4));
  server.post(recordAt(1, 1, { state: 'closed' }));
  await clock.pass(1000);
  expect(server.asked).toContain('changes 3');
  equalsFreshLoad();
  expect(held.loads).toBe(1);
});

test('where the outbox no longer reaches back, the columns are loaded anew, and the stream goes on behind them', async () => {
  const { server, clock, held, equalsFreshLoad, says } = await page();
  server.post(...some(1, 3));
  await clock.pass(1000);
  server.away = true;
  server.cut();
  server.post(...some(4, 50));
  server.pruned = 40;
  server.away = false;
  await clock.pass(2000);
  expect(held.loads).toBe(2);
  expect(says()).toMatchObject({ kind: 'live' });
  server.post(recordAt(99, 99));
  await clock.pass(1000);
  expect(held.loads).toBe(2);
  equalsFreshLoad();
});

test('a word that the held columns do not know loads them anew, also where that fails the first time', async () => {
  const { server, clock, held, live } = await page();
  server.post(recordAt(1, 1, { category: 'drone' }));
  server.away = true;
  await clock.pass(20);
  expect(held.loads).toBe(2);
  // Behind what could not be applied: the stream brings it again.
  expect(live.link.position).toBe(0);
});

test('where the server has no room it is asked now and then, and a stream is taken when there is one', async () => {
  const server = new FakeServer();
  server.full = true;
  const { clock, held, says, equalsFreshLoad } = await page(server);
  expect(says()).toMatchObject({ kind: 'crowded' });
  server.post(...some(1, 5));
  await clock.pass(60_000);
  equalsFreshLoad();
  expect(says()).toEqual({ kind: 'crowded', at: '2026-07-01T06:02:00Z' });
  expect(server.asked.length).toBeLessThan(8);
  server.full = false;
  await clock.pass(60_000);
  expect(server.streams).toBe(1);
  expect(held.loads).toBe(1);
});

test('where no stream comes through, the changes are asked for, and the chip does not call that live', async () => {
  const { server, clock, held, says, equalsFreshLoad } = await page();
  server.post(...some(1, 5));
  await clock.pass(1000);
  server.cutOff = true;
  server.cut();
  server.post(...some(6, 5));
  await clock.pass(60_000);
  equalsFreshLoad();
  expect(says()).toEqual({ kind: 'disconnected', at: '2026-07-01T06:02:00Z' });
  server.cutOff = false;
  await clock.pass(60_000);
  expect(says()).toMatchObject({ kind: 'live' });
  expect(held.loads).toBe(1);
});

test('a page that is not seen applies nothing, hangs up after a while, and catches up when it is seen', async () => {
  const { server, clock, live, held, applied, says, equalsFreshLoad } = await page();
  live.see(false);
  server.post(...some(1, 5));
  await clock.pass(5000);
  expect(applied).toEqual([]);
  live.see(true);
  await clock.pass(20);
  expect(applied).toMatchObject([{ asOf: 5 }]);
  live.see(false);
  server.post(...some(6, 5));
  await clock.pass(REST_AFTER_MS);
  expect(server.streams).toBe(0);
  server.post(...some(11, 5));
  live.see(true);
  await clock.pass(20);
  expect(says()).toMatchObject({ kind: 'live' });
  equalsFreshLoad();
  expect(held.loads).toBe(1);
});

test('a change of the ground is told, and hides none of the incidents that come with it', async () => {
  const { server, clock, ground, equalsFreshLoad } = await page();
  server.log.push(recordAt(1, 1));
  server.tell({ type: 'ground', asOf: 1 });
  server.tell({ type: 'incidents', asOf: 1, at: '', incidents: [recordAt(1, 1)] });
  expect(ground()).toBe(1);
  await clock.pass(1000);
  equalsFreshLoad();
  server.tell({ type: 'ground', asOf: 3 });
  server.postUntold(recordAt(2, 2), recordAt(1, 1, { state: 'closed' }));
  await clock.pass(1000);
  equalsFreshLoad();
});

test('whatever breaks, the page ends where a fresh load would, and loads anew only where the outbox was cut', async () => {
  const id = fc.integer({ min: 1, max: 12 });
  const state = fc.constantFrom('reported', 'accepted', 'closed');
  const records = fc.array(fc.tuple(id, state), { minLength: 1, maxLength: 6 });
  const event = fc.oneof(
    fc.record({ do: fc.constant('post' as const), records }),
    fc.record({ do: fc.constant('postUntold' as const), records }),
    fc.record({
      do: fc.constantFrom(
        'cut',
        'beat',
        'away',
        'back',
        'off',
        'on',
        'full',
        'room',
        'hide',
        'show',
        'offline',
        'prune',
      ),
    }),
    fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 70_000 }) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 40 }), async (events) => {
      const { server, clock, live, held, equalsFreshLoad, says } = await page();
      let pruned = false;
      for (const event of events) {
        if ('records' in event) {
          const written = event.records.map(([id, state]) => recordAt(id, id, { state }));
          if (event.do === 'post') server.post(...written);
          else server.postUntold(...written);
        } else if ('ms' in event) await clock.pass(event.ms);
        else {
          if (event.do === 'cut') server.cut();
          if (event.do === 'beat') server.beat();
          if (event.do === 'away') server.away = true;
          if (event.do === 'back') server.away = false;
          if (event.do === 'off') server.cutOff = true;
          if (event.do === 'on') server.cutOff = false;
          if (event.do === 'full') server.full = true;
          if (event.do === 'room') server.full = false;
          if (event.do === 'hide') live.see(false);
          if (event.do === 'show') live.see(true);
          if (event.do === 'offline') live.reach(false);
          if (event.do === 'prune') {
            server.pruned = server.head;
            pruned = true;
          }
        }
        await settled();
      }
      server.away = false;
      server.cutOff = false;
      server.full = false;
      live.see(true);
      await clock.pass(120_000);
      server.beat();
      await clock.pass(1000);
      expect(says()).toMatchObject({ kind: 'live' });
      equalsFreshLoad();
      if (!pruned) expect(held.loads).toBe(1);
    }),
    { numRuns: 150 },
  );
});
