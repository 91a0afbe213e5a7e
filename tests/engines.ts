/**
 * Both engines for tests. The API and browser suites run with `tests/harness/setup.ts`, which keeps a throw-away PostgreSQL
 * and the embedded templates for the whole run; a fixture is made once, when the first test asks for it.
 *
 *     describe.each(ENGINES)('grids on %s', (engine) => {
 *       let db: Database;
 *       beforeAll(async () => {
 *         db = await openEngine(engine, 'gulang');
 *       });
 *       it('…', async () => {
 *         expect(await db.rows(sql`…`)).toEqual([…]);
 *       });
 *     });
 *
 * Every call gives a database of its own, which may be written to. It is closed and thrown away after the test file;
 * `await db.close()` in an `afterAll` does so sooner, which an embedded one (1 GB of memory) is worth. Fixtures:
 *   empty   the schema
 *   gulang  the demonstration county, seed 620622, reporting year to 2026-06-30
 */
import { request } from 'node:http';
import type { Database, Engine } from '@wangge/api/db/database';
import { type OpenOptions, openDatabase } from '@wangge/api/db/open';
import { afterAll, inject } from 'vitest';
import type { Fixture, Place } from './harness/templates.ts';

export const ENGINES = ['embedded', 'postgres'] as const satisfies readonly Engine[];

/** Limits that a test may want otherwise. */
export type Limits = Pick<OpenOptions, 'statementTimeoutMs' | 'idleTransactionMs'>;

/** A database that is not open, for tests that open it themselves, e.g. in a second process. */
export interface Copy {
  readonly place: Place;
  /** Throws it away; close it first. */
  discard(): Promise<void>;
}

const leftovers = new Set<() => Promise<void>>();

afterAll(async () => {
  for (const discard of [...leftovers].reverse()) await discard();
});

/** A fresh database with the fixture, open. */
export async function openEngine(engine: Engine, fixture: Fixture, limits: Limits = {}): Promise<Database> {
  const copy = await copyOf(engine, fixture);
  const database = await openDatabase({ ...copy.place, ...limits });
  const close = database.close.bind(database);
  let closed: Promise<void> | null = null;
  const discard = (): Promise<void> => {
    leftovers.delete(discard);
    closed ??= close().then(() => copy.discard());
    return closed;
  };
  leftovers.add(discard);
  return Object.assign(database, { close: discard });
}

/** A fresh copy of the fixture, not open. */
export async function copyOf(engine: Engine, fixture: Fixture): Promise<Copy> {
  const place = JSON.parse(await ask('/copy', { engine, fixture })) as Place;
  const discard = async (): Promise<void> => {
    leftovers.delete(discard);
    await ask('/discard', place);
  };
  leftovers.add(discard);
  return { place, discard };
}

/** Asks the process of the run, which alone makes and throws away databases. */
async function ask(path: string, body: object): Promise<string> {
  return await new Promise((resolve, reject) => {
    const asking = request({ socketPath: inject('harness'), path, method: 'POST' }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => {
        text += chunk;
      });
      answer.on('end', () => (answer.statusCode === 200 ? resolve(text) : reject(new Error(text))));
    });
    asking.on('error', reject);
    asking.end(JSON.stringify(body));
  });
}
