/** Two processes of the API on one PostgreSQL: what is written to one is told and answered by the other, to the byte. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '@wangge/api/db/open';
import { random } from '@wangge/geodata/gulang/random';
import { afterEach, expect, it } from 'vitest';
import { copyOf } from '../engines.ts';
import { READY, Served } from '../harness/served.ts';
import { answersOf, expectHeld } from './answers.ts';
import { counted, SEED } from './length.ts';
import { Listener } from './listener.ts';
import { expectOutboxWhole, expectToldAll } from './outbox.ts';
import { Writer } from './writer.ts';

const BATCHES = counted(60, 3000);
const PROFILE = fileURLToPath(new URL('../fixtures/small-profile', import.meta.url));

const running: Served[] = [];
afterEach(() => {
  for (const served of running.splice(0)) served.kill('SIGKILL');
});

it(
  `two processes on one PostgreSQL stay in step over ${BATCHES} batches posted to either`,
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'wangge-in-step-'));
    const { place } = await copyOf('postgres', 'empty');
    if (!('databaseUrl' in place)) throw new Error('no PostgreSQL');
    const profile = join(folder, 'profile');
    await cp(PROFILE, profile, { recursive: true });
    // Both at once: the second waits for the first to have loaded the county, or the other way round.
    const urls = await Promise.all(
      [0, 1].map(() => {
        const served = new Served({ WANGGE_COUNTY: profile, DATABASE_URL: place.databaseUrl }, folder);
        running.push(served);
        return served.prints(READY);
      }),
    );
    const listeners = await Promise.all(
      urls.map(async (url) => {
        const listener = new Listener();
        expect(await listener.open(url)).toBe(true);
        return listener;
      }),
    );

    const writers = Array.from({ length: 4 }, (_, i) => new Writer(`writer-${i}`, random(SEED, `in step ${i}`)));
    const acknowledged = () =>
      writers.flatMap((w) => [...w.acknowledged].map(([key, ack]) => [`${w.source} ${key}`, ack] as const));
    let positions: number[] = [];
    await Promise.all(
      writers.map(async (writer, w) => {
        const chance = random(SEED, `to which ${w}`);
        for (let batch = 0; batch < BATCHES / writers.length; batch++) {
          const to = chance() < 0.5 ? 0 : 1;
          const position = await writer.post(urls[to]!);
          positions.push(position!);
          // The stream of the other process tells it as well, and then its answers hold it.
          if (chance() < 0.2) {
            await listeners[1 - to]!.reaches(position!);
            await expectHeld(urls[1 - to]!, writer.acknowledged);
          }
        }
      }),
    );
    positions = positions.sort((a, b) => a - b);
    await Promise.all(listeners.map((listener) => listener.reaches(positions.at(-1)!)));

    const [one, other] = await Promise.all(urls.map(answersOf));
    expect(other).toEqual(one);
    for (const url of urls) await expectHeld(url, acknowledged());
    for (const served of running) served.kill('SIGTERM');
    expect(await Promise.all(running.map(({ ended }) => ended))).toEqual([143, 143]);

    const db = await openDatabase(place);
    try {
      const rows = await expectOutboxWhole(db);
      for (const listener of listeners) expectToldAll(listener, rows);
    } finally {
      await db.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
  counted(240_000, 3_600_000),
);
