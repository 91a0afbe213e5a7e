/** The database by itself: pgbench on the loopback, prepared statements, as fast as its clients can ask. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

export interface Script {
  readonly text: string;
  /** How often it runs beside others; default 1. */
  readonly weight?: number;
}

/** Seconds of one measurement. */
export const SECONDS = 3;

/**
 * @param folder where the scripts are written
 * @returns measures: milliseconds a transaction, all clients together
 */
export async function pgbench(
  databaseUrl: string,
  folder: string,
  name: string,
  scripts: readonly Script[],
  clients: number,
): Promise<() => Promise<number>> {
  const files: string[] = [];
  for (const [i, { text, weight }] of scripts.entries()) {
    const path = `${folder}/${name}-${i}.sql`;
    await writeFile(path, text);
    files.push('-f', weight === undefined ? path : `${path}@${weight}`);
  }
  const threads = Math.min(2, clients);
  const args = ['-n', '-M', 'prepared', '-c', String(clients), '-j', String(threads), '-T', String(SECONDS), ...files];
  return async () => {
    const { stdout } = await promisify(execFile)('/usr/lib/postgresql/15/bin/pgbench', [...args, databaseUrl]);
    const rate = Number(/tps = ([\d.]+) \(without initial connection time\)/.exec(stdout)?.[1]);
    if (!(rate > 0) || !/failed transactions: 0 /.test(stdout)) throw new Error(`pgbench failed:\n${stdout}`);
    return 1000 / rate;
  };
}
