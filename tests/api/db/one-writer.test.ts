/** One process at a time on an embedded folder, tried with a second one; and what a kill leaves. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '@wangge/api/db/open';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { copyOf } from '../../engines.ts';
import { bundle, WORKER_FILE } from '../../harness/bundle.ts';

let scratch: string;
let program: string;
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'wangge-writer-'));
  program = join(scratch, 'writer.mjs');
  await bundle(fileURLToPath(new URL('../../harness/writer.ts', import.meta.url)), program, [/^pg-native$/]);
});
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

const started = new Set<ChildProcess>();
afterEach(() => {
  for (const child of started) child.kill('SIGKILL');
  started.clear();
});

function start(folder: string, writes = false): ChildProcess {
  const options = {
    folder,
    writes,
    workerFile: WORKER_FILE.href,
    migrations: fileURLToPath(new URL('../../../migrations', import.meta.url)),
  };
  const child = spawn(process.execPath, [program, JSON.stringify(options)], { stdio: ['ignore', 'pipe', 'pipe'] });
  started.add(child);
  return child;
}

async function folderOf(): Promise<string> {
  const { place } = await copyOf('embedded', 'empty');
  if (!('folder' in place)) throw new Error('no folder');
  return place.folder;
}

/** Lines of the child until `enough` of them; fails when the child ends before. */
async function lines(child: ChildProcess, enough: (line: string) => boolean): Promise<string[]> {
  const seen: string[] = [];
  for await (const line of createInterface({ input: child.stdout! })) {
    seen.push(line);
    if (enough(line)) return seen;
  }
  throw new Error(`the process ended after ${seen.join(', ')}`);
}

async function outcome(child: ChildProcess): Promise<{ code: number | null; said: string }> {
  let said = '';
  child.stderr!.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said };
}

describe('an embedded folder', () => {
  it('is refused to a second process, with a sentence, as long as the first lives', async () => {
    const folder = await folderOf();
    const database = await openDatabase({ folder });
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const { code, said } = await outcome(start(folder));
      expect(code).toBe(1);
      expect(said).toContain(folder);
      expect(said).toContain(`pid ${process.pid}`);
      expect(said).toContain(`进程号 ${process.pid}`);
    }
    await database.close();
    await lines(start(folder), (line) => line === 'open');
  });

  it('goes to one of two processes that start at the same moment', async () => {
    const folder = await folderOf();
    const [one, two] = [start(folder), start(folder)];
    const loser = await Promise.race([one, two].map(async (child) => ({ child, ...(await outcome(child)) })));
    expect(loser.code).toBe(1);
    const winner = loser.child === one ? two : one;
    await lines(winner, (line) => line === 'open');
    expect(loser.said).toContain(`pid ${winner.pid}`);
  });

  it('is free again after a kill, which loses nothing that was acknowledged', async () => {
    const folder = await folderOf();
    for (const enough of [1, 40, 150]) {
      const child = start(folder, true);
      let acknowledged = 0;
      let count = 0;
      await lines(child, (line) => {
        const n = /^acknowledged (\d+)$/.exec(line)?.[1];
        if (n === undefined) return false;
        acknowledged = Number(n);
        count += 1;
        return count >= enough;
      });
      child.kill('SIGKILL');
      await once(child, 'close');

      const database = await openDatabase({ folder });
      const [kept] = await database.rows<{ rows: number; last: number; half: number }>(
        sql`SELECT count(*) AS rows, max(n) AS last, count(*) FILTER (WHERE twin IS DISTINCT FROM n) AS half FROM written`,
      );
      // The one in flight may have been committed before it was acknowledged; none is missing and none is half.
      expect(kept!.last).toBeGreaterThanOrEqual(acknowledged);
      expect(kept).toMatchObject({ rows: kept!.last, half: 0 });
      await database.close();
    }
  });

  it('is made anew after a kill during its first creation', async () => {
    const folder = join(scratch, 'first');
    const child = start(folder);
    while (!existsSync(join(folder, 'pgdata', 'PG_VERSION'))) await new Promise((resolve) => setImmediate(resolve));
    child.kill('SIGKILL');
    await once(child, 'close');
    const database = await openDatabase({ folder });
    expect(await database.rows(sql`SELECT count(*) AS n FROM county`)).toEqual([{ n: 0 }]);
    await database.close();
  });
});
