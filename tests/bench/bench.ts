/** What the lines of the bench share: a PostgreSQL with the demonstration county, and servers over it. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Database } from '@wangge/api/db/database';
import { openDatabase } from '@wangge/api/db/open';
import { Client } from 'pg';
import { startCluster } from '../harness/cluster.ts';
import { loadFixtureCounty } from '../harness/county.ts';
import type { ServerOptions } from './server.ts';

/** Two folders up from tests/bench as from what is bundled, less one. */
const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
export const ROOT = file('../../../');
export const MIGRATIONS = `${ROOT}migrations`;

/** Noon of the fixture's last day in the county; the servers take it for now. */
export const NOW = '2026-06-30T04:00:00Z';
export const COUNTY = '620622';

export interface Serving {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

export interface Bench {
  /** Of the county's database, which has `bench_*` tables beside our own; superuser. */
  readonly databaseUrl: string;
  readonly db: Database;
  /** A folder of the run. */
  readonly folder: string;
  /** A copy of the county's database of its own, e.g. to write into. */
  copy(name: string): Promise<string>;
  /** A process that serves the county as `npm start` does. */
  serve(options?: Partial<ServerOptions>): Promise<Serving>;
  close(): Promise<void>;
}

/** As in the reference measurements: everything in the database's memory, PostGIS loaded before the first query. */
const SETTINGS = {
  shared_buffers: '2GB',
  max_connections: 100,
  effective_cache_size: '8GB',
  work_mem: '64MB',
  session_preload_libraries: 'postgis-3',
};

/** @param folder an empty folder that other users may enter */
export async function openBench(folder: string): Promise<Bench> {
  const cluster = await startCluster(`${folder}/postgres`, SETTINGS);
  const closers: (() => Promise<unknown>)[] = [() => cluster.stop()];
  const close = async (): Promise<void> => {
    for (const one of closers.splice(0).reverse()) await one();
  };
  const addressOf = (name: string): string => {
    const url = new URL(cluster.url);
    url.pathname = name;
    return url.href;
  };
  const administer = async (statement: string): Promise<void> => {
    const client = new Client(cluster.url);
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  try {
    // Kept as it is, for copies: PostgreSQL copies no database that somebody is connected to.
    await administer('CREATE DATABASE county');
    const loading = await openDatabase({
      databaseUrl: addressOf('county'),
      migrations: MIGRATIONS,
      statementTimeoutMs: 300_000,
    });
    await loadFixtureCounty(loading).finally(() => loading.close());
    const copy = async (name: string): Promise<string> => {
      await administer(`CREATE DATABASE ${name} TEMPLATE county`);
      return addressOf(name);
    };
    const databaseUrl = await copy('bench');
    const db = await openDatabase({ databaseUrl, migrations: MIGRATIONS, statementTimeoutMs: 300_000 });
    closers.push(() => db.close());
    return {
      databaseUrl,
      db,
      folder,
      copy,
      close,
      serve: async (options = {}) => {
        const serving = await serve({ databaseUrl, now: NOW, ...options });
        closers.push(serving.stop);
        return serving;
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function serve(options: ServerOptions): Promise<Serving> {
  const flags = process.env.WANGGE_TEST_PROFILE
    ? ['--cpu-prof', `--cpu-prof-dir=${process.env.WANGGE_TEST_PROFILE}`]
    : [];
  const child = spawn(process.execPath, [...flags, file('server.mjs'), JSON.stringify(options)], {
    // It ends with its standard input, thus also when this process is killed.
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let stopped = false;
  const stop = async (): Promise<void> => {
    if (!stopped) child.stdin.end();
    stopped = true;
    await ended;
  };
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('http://')) return { url: line, pid: child.pid!, stop };
  }
  throw new Error('the server of the bench ended before it listened');
}
