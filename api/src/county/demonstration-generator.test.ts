import type { Incident, State } from '@wangge/geodata/incidents/incident';
import { describe, expect, it } from 'vitest';
import { Generator, type GeneratorParts, TICK_MS } from './demonstration-generator.ts';

const START = Date.parse('2026-03-05T08:00:00+08:00');

/** Report n happens n minutes after the start and is closed 30 minutes later. */
function report(n: number, asOf: Date): Incident[] {
  const at = new Date(START + n * 60_000);
  const closed = new Date(at.getTime() + 30 * 60_000);
  if (at > asOf) return [];
  const state: State = closed <= asOf ? 'closed' : 'reported';
  return [
    {
      source: 'demo',
      external_id: `r${n}`,
      kind: 'event',
      category: 'road',
      urgency: 'normal',
      state,
      occurred_at: at,
      reported_at: at,
      state_at: state === 'closed' ? closed : at,
      point: [103, 37],
      precision: 'point',
      grid_id: 1,
      village_code: '620622100001',
      township_code: '620622001',
    },
  ];
}

/** Runs a generator by a clock that only its own waiting moves. */
async function run(minutes: number, stored: [string, string][] = [], parts: Partial<GeneratorParts> = {}) {
  let now = START;
  const posts: { at: number; ids: string[] }[] = [];
  const failures: unknown[] = [];
  const generator = new Generator(
    {
      clock: () => new Date(now),
      reports: (asOf) => [...Array(minutes + 1).keys()].flatMap((n) => report(n, asOf)),
      post: async (incidents) => {
        posts.push({ at: now, ids: incidents.map((i) => `${i.external_id}:${i.state}`) });
      },
      stillSeated: async () => {},
      wait: async (ms) => {
        now += ms;
        if (now > START + minutes * 60_000) generator.stop();
      },
      failed: (error) => failures.push(error),
      ...parts,
    },
    new Map(stored),
  );
  const ended = await generator.run().then(
    () => 'stopped',
    (error: Error) => error.message,
  );
  return { posts, failures, ended };
}

describe('the generator of the demonstration', () => {
  it('posts each report once, within a tick of its time, and once more when its state changes', async () => {
    const { posts } = await run(60);
    const times = new Map(posts.flatMap(({ at, ids }) => ids.map((id) => [id, at])));
    const all = posts.flatMap(({ ids }) => ids);
    expect(all.length).toBe(new Set(all).size);
    expect(all.filter((id) => id.endsWith(':reported')).length).toBe(61);
    expect(all.filter((id) => id.endsWith(':closed')).length).toBe(31);
    for (let n = 0; n <= 60; n++) {
      expect(times.get(`r${n}:reported`)! - (START + n * 60_000)).toBeLessThan(TICK_MS);
    }
  });

  it('does not post again what the database holds already', async () => {
    const { posts } = await run(3, [
      ['r0', 'reported'],
      ['r1', 'reported'],
    ]);
    expect(posts.flatMap(({ ids }) => ids)).toEqual(['r2:reported', 'r3:reported']);
  });

  it('tries again after a failed post and leaves nothing out', async () => {
    let refusals = 5;
    const arrived: string[] = [];
    const { failures } = await run(10, [], {
      post: async (incidents) => {
        if (refusals-- > 0) throw new Error('connection refused');
        arrived.push(...incidents.map((i) => i.external_id));
      },
    });
    expect(failures).toHaveLength(5);
    expect(arrived.sort()).toEqual([...Array(11).keys()].map((n) => `r${n}`).sort());
  });

  it('hands a long gap in as batches', async () => {
    const { posts } = await run(0, [], {
      reports: (asOf) =>
        Array(450)
          .fill(0)
          .flatMap((_, i) => report(-i, asOf)),
    });
    expect(posts.map(({ ids }) => ids.length)).toEqual([200, 200, 50]);
  });

  it('ends before the next post when another process may hold the seat', async () => {
    let seated = 3;
    const { posts, ended } = await run(60, [], {
      stillSeated: async () => {
        if (seated-- === 0) throw new Error('seat lost');
      },
    });
    expect(ended).toBe('seat lost');
    expect(posts.length).toBeLessThanOrEqual(3);
  });
});
