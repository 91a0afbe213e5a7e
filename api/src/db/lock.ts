/**
 * The single-writer lock of an embedded folder. PGlite has none: two processes that open one folder both acknowledge
 * writes, and those of one are lost without an error.
 *
 * The lock is a file that names its holder: process id and start time, so that a process id used again is not mistaken for
 * the holder; boot and process-id namespace, as a process id means nothing in another container. Where the holder cannot be
 * looked up that way, a heartbeat on the file tells whether it lives.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync, rmSync, statSync, utimesSync } from 'node:fs';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { OpenError } from './open-error.ts';

const HEARTBEAT_MS = 5_000;
/** A holder that cannot be looked up is taken for dead after this silence. */
const SILENCE_MS = 30_000;
/** Time for a rival that took over the same stale lock to show itself. */
const SETTLE_MS = 100;

interface Holder {
  readonly nonce: string;
  readonly pid: number;
  /** Clock ticks after boot; null where there is no /proc. */
  readonly started: string | null;
  /** Boot and process-id namespace; null where there is no /proc. */
  readonly realm: string | null;
}

/** Start time of a living process; a killed one that its parent has not collected yet (state Z) writes no more. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the command in parentheses and may hold anything; the third is the state, the 22nd the start.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

function realm(): string | null {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return null;
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether the holder of the lock at `path` still lives. */
function alive(holder: Holder, path: string): boolean {
  const here = realm();
  if (here !== null && holder.realm === here && holder.started !== null) return startOf(holder.pid) === holder.started;
  if (here === null && holder.realm === null && !exists(holder.pid)) return false;
  try {
    return Date.now() - statSync(path).mtimeMs < SILENCE_MS;
  } catch {
    return false;
  }
}

async function read(path: string): Promise<Holder | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Holder;
  } catch {
    return null;
  }
}

const inUse = (folder: string, holder: Holder | null): OpenError =>
  new OpenError(
    `数据文件夹 ${folder} 正被另一个进程使用${holder ? `（进程号 ${holder.pid}）` : ''}。请先停止该进程，或用 WANGGE_DATA 指定另一个文件夹。`,
    `The data folder ${folder} is in use by another process${holder ? ` (pid ${holder.pid})` : ''}. Stop that process first, or name another folder with WANGGE_DATA.`,
  );

export interface Lock {
  /** Gives the folder free. */
  release(): void;
}

/**
 * Takes the folder for this process.
 * @throws OpenError naming the folder and the process that holds it
 */
export async function lockFolder(folder: string): Promise<Lock> {
  const path = join(folder, 'lock');
  const me: Holder = { nonce: randomUUID(), pid: process.pid, started: startOf(process.pid), realm: realm() };
  const draft = `${path}.${me.nonce}`;
  // Written whole beside it and linked into place: a rival never reads half a lock.
  await writeFile(draft, JSON.stringify(me));
  try {
    for (let attempt = 0; ; attempt += 1) {
      try {
        await link(draft, path);
        break;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = await read(path);
      if (holder && alive(holder, path)) throw inUse(folder, holder);
      if (attempt > 5) throw inUse(folder, holder);
      await removeStale(path, holder, me.nonce);
    }
    if ((await read(path))?.nonce !== me.nonce) throw inUse(folder, await read(path));
  } finally {
    await rm(draft, { force: true });
  }
  const heartbeat = setInterval(() => {
    try {
      utimesSync(path, new Date(), new Date());
    } catch {
      // The folder is gone or read-only now: the engine's own writes will say so.
    }
  }, HEARTBEAT_MS);
  heartbeat.unref();
  return {
    release() {
      clearInterval(heartbeat);
      rmSync(path, { force: true });
    },
  };
}

/** Moves a dead holder's lock away; one that a rival has just put in its place is put back. */
async function removeStale(path: string, holder: Holder | null, nonce: string): Promise<void> {
  const aside = `${path}.stale-${nonce}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = await read(aside);
  if (moved && moved.nonce !== holder?.nonce) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
  await wait(SETTLE_MS);
}
