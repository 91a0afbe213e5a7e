/** Killed while posting, again and again: no acknowledged report is lost, no event is skipped, on either engine. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '@wangge/api/db/open';
import { random } from '@wangge/geodata/gulang/random';
import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { copyOf, ENGINES } from '../engines.ts';
import { READY, Served } from '../harness/served.ts';
import { answersOf, expectHeld } from './answers.ts';
import { counted, SEED } from './length.ts';
import { Listener } from './listener.ts';
import { expectOutboxWhole, expectToldAll } from './outbox.ts';
import { Writer } from './writer.ts';

/** Twenty in all in short; the embedded engine takes some seconds to open. */
const KILLS = { embedded: counted(6, 200), postgres: counted(14, 200) };
const WRITERS = 4;
const PROFILE = fileURLToPath(new URL('../fixtures/small-profile', import.meta.url));

const running = new Set<Served>();
afterEach(() => {
  for (const served of running) served.kill('SIGKILL');
});

describe.each(ENGINES)('a server that is killed while reports are posted, on %s', (engine) => {
  it(
    `loses nothing that it acknowledged and skips no event, ${KILLS[engine]} times`,
    async () => {
      const chance = random(SEED, `killed ${engine}`);
      const folder = await mkdtemp(join(tmpdir(), 'wangge-killed-'));
      const { place } = await copyOf(engine, 'empty');
      const profile = join(folder, 'profile');
      await cp(PROFILE, profile, { recursive: true });
      const env = {
        WANGGE_COUNTY: profile,
        ...('folder' in place ? { WANGGE_DATA: place.folder } : { DATABASE_URL: place.databaseUrl }),
      };
      const start = async (): Promise<{ served: Served; url: string }> => {
        const served = new Served(env, folder);
        running.add(served);
        served.ended.then(() => running.delete(served));
        return { served, url: await served.prints(READY) };
      };

      const writers = Array.from(
        { length: WRITERS },
        (_, i) => new Writer(`writer-${i}`, random(SEED, `${engine} ${i}`)),
      );
      const acknowledged = () =>
        writers.flatMap((w) => [...w.acknowledged].map(([key, ack]) => [`${w.source} ${key}`, ack] as const));
      const listener = new Listener();

      let answers = 0;
      for (let life = 0; life < KILLS[engine]; life++) {
        const { served, url } = await start();
        // After so many answers, and then somewhere within the next: a batch takes a few milliseconds.
        const wanted = answers + Math.floor(chance() * 24);
        const delay = chance() * 25;
        let dead = false;
        const posting = writers.map(async (writer) => {
          while (!dead && (await writer.post(url)) !== null) answers++;
        });
        // In some lives the stream comes only while reports are posted.
        if (life === 0 || chance() < 0.5) await listener.open(url);
        else void listener.open(url);
        await expectHeld(url, acknowledged());
        while (answers < wanted) await wait(1);
        await wait(delay);
        served.kill('SIGKILL');
        dead = true;
        expect(await served.ended).toBeNull();
        await Promise.all(posting);
        listener.close();
      }

      const last = await start();
      const positions = await Promise.all(writers.map((writer) => writer.post(last.url)));
      await listener.open(last.url);
      await listener.reaches(Math.max(...positions.map((position) => position!)));
      await expectHeld(last.url, acknowledged());
      const kept = await answersOf(last.url);
      listener.close();
      last.served.kill('SIGTERM');
      expect(await last.served.ended).toBe(143);

      const rebuilt = await start();
      expect(await answersOf(rebuilt.url)).toEqual(kept);
      rebuilt.served.kill('SIGTERM');
      await rebuilt.served.ended;

      const db = await openDatabase(place);
      try {
        const stored = await db.rows<{ key: string; id: number; state: string }>(
          sql`SELECT source || ' ' || external_id AS key, id, state FROM incident WHERE source <> 'test' ORDER BY id`,
        );
        const byKey = new Map(stored.map(({ key, id, state }) => [key, { id, state }]));
        expect(byKey.size).toBe(stored.length);
        expect(new Map(acknowledged())).toEqual(byKey);
        expectToldAll(listener, await expectOutboxWhole(db));
      } finally {
        await db.close();
        await rm(folder, { recursive: true, force: true });
      }
    },
    counted(600_000, 3_600_000),
  );
});
