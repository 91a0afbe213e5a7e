import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockFolder } from './lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wangge-lock-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Holder {
  nonce: string;
  pid: number;
  started: string | null;
  realm: string | null;
}

/** What this process would write, with changes: the lock of another holder. */
async function plant(change: Partial<Holder>, ageMs = 0): Promise<void> {
  const lock = await lockFolder(folder);
  const path = join(folder, 'lock');
  const own = JSON.parse(readFileSync(path, 'utf8')) as Holder;
  lock.release();
  writeFileSync(path, JSON.stringify({ ...own, nonce: 'planted', ...change }));
  const then = new Date(Date.now() - ageMs);
  utimesSync(path, then, then);
}

const HOUR = 3_600_000;

describe('the lock of a folder', () => {
  it('is held once, and again after it was released', async () => {
    const lock = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toThrow(new RegExp(`${folder}.*${process.pid}`));
    lock.release();
    (await lockFolder(folder)).release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('goes to one of many that ask at once', async () => {
    const asked = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder)));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(readdirSync(folder)).toEqual(['lock']);
  });

  it('goes to one of many that find a stale one at once', async () => {
    await plant({ started: '1' });
    const asked = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder)));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is stale when the process is gone', async () => {
    await plant({ pid: 4_194_305, started: '1' });
    (await lockFolder(folder)).release();
  });

  it('is stale when another process has got the process id since', async () => {
    await plant({ pid: process.pid, started: '1' });
    (await lockFolder(folder)).release();
  });

  it('is stale when the process was killed and its parent has not collected it', async () => {
    // The shell becomes a `sleep`, which never waits for the child that it was left with.
    const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      const [line] = (await once(parent.stdout, 'data')) as [Buffer];
      const pid = Number(line.toString());
      const stat = () => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
      const started = stat()[19]!;
      await plant({ pid, started });
      await expect(lockFolder(folder)).rejects.toMatchObject({ name: 'OpenError' });
      process.kill(pid, 'SIGKILL');
      await expect.poll(() => stat()[0]).toBe('Z');
      (await lockFolder(folder)).release();
    } finally {
      parent.kill('SIGKILL');
    }
  });

  it('is held by a holder elsewhere while its heartbeat is fresh', async () => {
    await plant({ pid: 1, started: '1', realm: 'another machine' }, 1_000);
    await expect(lockFolder(folder)).rejects.toMatchObject({ name: 'OpenError' });
  });

  it('is stale when a holder elsewhere has long been silent', async () => {
    await plant({ pid: 1, started: '1', realm: 'another machine' }, HOUR);
    (await lockFolder(folder)).release();
  });

  it('is stale when it cannot be read', async () => {
    writeFileSync(join(folder, 'lock'), '{"pid":');
    (await lockFolder(folder)).release();
  });
});
