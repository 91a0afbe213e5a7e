import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { spawnAttached } from './attached.ts';

const BIN = '/usr/lib/postgresql/15/bin';

export interface Cluster {
  /** Of a superuser, in the database `postgres`. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * The server of `WANGGE_TEST_DATABASE_URL`, whose user must be a superuser; without one as `startCluster`.
 * @param folder an empty folder for it alone
 */
export async function startOrTakeCluster(folder: string): Promise<Cluster> {
  const given = process.env.WANGGE_TEST_DATABASE_URL;
  return given ? { url: given, stop: async () => undefined } : await startCluster(folder);
}

/**
 * A throw-away PostgreSQL 15 on a free loopback port, without fsync.
 * @param folder an empty folder for it alone
 * @param more settings of postgresql.conf
 */
export async function startCluster(
  folder: string,
  more: Readonly<Record<string, string | number>> = {},
): Promise<Cluster> {
  if (!existsSync(join(BIN, 'initdb'))) {
    throw new Error(
      `PostgreSQL 15 is missing (${BIN}): apt-get install postgresql-15 postgresql-15-postgis-3, or set WANGGE_TEST_DATABASE_URL`,
    );
  }
  const identity = notRoot();
  const data = join(folder, 'data');
  await mkdir(data, { recursive: true });
  if ('uid' in identity) {
    await chown(folder, identity.uid, identity.gid);
    await chown(data, identity.uid, identity.gid);
  }
  await promisify(execFile)(
    join(BIN, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync', '--no-instructions'],
    { ...identity, cwd: folder },
  );
  const port = await freePort();
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    fsync: 'off',
    full_page_writes: 'off',
    synchronous_commit: 'off',
    shared_buffers: '256MB',
    max_connections: 60,
    ...more,
  };
  const server = spawnAttached(
    join(BIN, 'postgres'),
    ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    'INT',
    { ...identity, cwd: folder },
  );
  let log = '';
  server.stderr!.setEncoding('utf8').on('data', (chunk: string) => {
    log = (log + chunk).slice(-4000);
  });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const stop = async (): Promise<void> => {
    server.stdin!.end();
    await ended;
  };
  if (!(await ready(port))) {
    await stop();
    throw new Error(`PostgreSQL did not start:\n${log}`);
  }
  return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, stop };
}

/** initdb and postgres refuse root; the system's package has made the user `postgres`. */
function notRoot(): { uid: number; gid: number } | Record<string, never> {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** A port on which nobody listens now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || !address) throw new Error('no free port');
  return address.port;
}

async function ready(port: number): Promise<boolean> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const up = await promisify(execFile)(join(BIN, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port)]).then(
      () => true,
      () => false,
    );
    if (up) return true;
    await wait(50);
  }
  return false;
}
