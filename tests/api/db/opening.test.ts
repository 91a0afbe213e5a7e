/** Opening: migrations run once, and what cannot be opened says what to do. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '@wangge/api/db/database';
import { openDatabase } from '@wangge/api/db/open';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Copy, copyOf, ENGINES, openEngine } from '../../engines.ts';

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'wangge-opening-'));
});
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

const MIGRATIONS = new URL('../../../migrations', import.meta.url);
/** How many there are. */
const OURS = readdirSync(MIGRATIONS).filter((file) => file.endsWith('.sql')).length;

/** The migrations and one more. */
function migrationsWith(statement: string): string {
  const folder = mkdtempSync(join(scratch, 'migrations-'));
  cpSync(MIGRATIONS, folder, { recursive: true });
  const journal = join(folder, 'meta', '_journal.json');
  const { entries, ...rest } = JSON.parse(readFileSync(journal, 'utf8')) as { entries: { when: number }[] };
  const last = entries.at(-1)!;
  const more = { ...last, idx: entries.length, tag: '9999_more', when: last.when + 1 };
  writeFileSync(journal, JSON.stringify({ ...rest, entries: [...entries, more] }));
  writeFileSync(join(folder, '9999_more.sql'), statement);
  return folder;
}

const applied = async (db: Database): Promise<unknown> =>
  await db.rows(sql`SELECT id, hash, created_at FROM drizzle.__drizzle_migrations ORDER BY id`);

describe.each(ENGINES)('migrations on %s', (engine) => {
  let copy: Copy;
  beforeAll(async () => {
    copy = await copyOf(engine, 'empty');
  });

  it('run once', async () => {
    const first = await openDatabase(copy.place);
    const before = await applied(first);
    await first.run(sql`INSERT INTO county VALUES ('1', 'x', 'x', 'UTC', 'opaque', '-', 'real', '[]')`);
    await first.close();
    const second = await openDatabase(copy.place);
    expect(await applied(second)).toEqual(before);
    expect(await second.rows(sql`SELECT code FROM county`)).toEqual([{ code: '1' }]);
    await second.close();
  });

  it('leave the database as it was where one fails, and go on from there', async () => {
    const migrations = migrationsWith(
      'CREATE TABLE more (n int);\n--> statement-breakpoint\nINSERT INTO more VALUES (1 / 0);',
    );
    await expect(openDatabase({ ...copy.place, migrations })).rejects.toThrow(/division by zero/);
    const mended = migrationsWith('CREATE TABLE more (n int);\n--> statement-breakpoint\nINSERT INTO more VALUES (1);');
    const db = await openDatabase({ ...copy.place, migrations: mended });
    expect(await db.rows(sql`SELECT n FROM more`)).toEqual([{ n: 1 }]);
    expect(await applied(db)).toHaveLength(OURS + 1);
    await db.close();
  });
});

describe('a PostgreSQL server', () => {
  let admin: Database;
  let address: URL;
  beforeAll(async () => {
    const copy = await copyOf('postgres', 'empty');
    if (!('databaseUrl' in copy.place)) throw new Error('no address');
    address = new URL(copy.place.databaseUrl);
    admin = await openDatabase(copy.place);
  });
  afterAll(async () => {
    await admin.close();
  });

  const at = (change: (url: URL) => void): string => {
    const url = new URL(address);
    change(url);
    return url.href;
  };

  it('is migrated once by processes that start at the same moment', async () => {
    const name = `wangge_race_${process.pid}`;
    await admin.run(sql`CREATE DATABASE ${sql.identifier(name)}`);
    const databaseUrl = at((url) => {
      url.pathname = name;
    });
    const opened = await Promise.all(Array.from({ length: 4 }, () => openDatabase({ databaseUrl })));
    expect(await applied(opened[0]!)).toHaveLength(OURS);
    for (const database of opened) await database.close();
    await admin.run(sql`DROP DATABASE ${sql.identifier(name)}`);
  });

  it.each([
    ['is not there', { port: '1' }, /127\.0\.0\.1:1 .*cannot be reached/s],
    ['does not know the user', { username: 'nobody' }, /refuses the user nobody/],
    ['lacks the database', { pathname: 'nothing' }, /has no database nothing/],
  ] as const)('that %s is explained', async (_, change, sentence) => {
    const failure = await openDatabase({ databaseUrl: at((url) => Object.assign(url, change)) }).catch(
      (error: unknown) => error as Error,
    );
    expect(failure).toMatchObject({ name: 'OpenError', message: expect.stringMatching(sentence) });
    expect(failure).toMatchObject({ message: expect.stringMatching(/[一-鿿]/) });
  });

  it('whose user may make nothing is explained, and left as it was', async () => {
    const role = `wangge_guest_${process.pid}`;
    const name = `wangge_bare_${process.pid}`;
    await admin.run(sql`CREATE ROLE ${sql.identifier(role)} LOGIN`);
    await admin.run(sql`CREATE DATABASE ${sql.identifier(name)}`);
    const databaseUrl = at((url) => {
      url.pathname = name;
      url.username = role;
    });
    await expect(openDatabase({ databaseUrl })).rejects.toThrow(/GRANT CREATE ON DATABASE/);
    await admin.run(sql`DROP DATABASE ${sql.identifier(name)} WITH (FORCE)`);
    await admin.run(sql`DROP ROLE ${sql.identifier(role)}`);
  });

  it('that ends a connection fails that work only', async () => {
    const db = await openEngine('postgres', 'empty');
    await expect(
      db.transaction(async (tx) => {
        const [me] = await tx.rows<{ pid: number }>(sql`SELECT pg_backend_pid() AS pid`);
        await admin.run(sql`SELECT pg_terminate_backend(${me!.pid})`);
        await tx.rows(sql`SELECT 1`);
      }),
    ).rejects.toMatchObject({ name: 'DatabaseError' });
    expect(await db.rows(sql`SELECT 1 AS n`)).toEqual([{ n: 1 }]);
  });
});

describe('a data folder', () => {
  it.each<[string, (folder: string) => void, RegExp]>([
    ['that is a file', (folder) => writeFileSync(folder, ''), /cannot be written/],
    [
      'with something else in it',
      (folder) => mkdirSync(join(folder, 'pgdata'), { recursive: true }),
      /not a database of this program/,
    ],
    [
      'of another version',
      (folder) => {
        mkdirSync(join(folder, 'pgdata'), { recursive: true });
        writeFileSync(join(folder, 'pgdata', 'PG_VERSION'), '17\n');
      },
      /another version.*PostgreSQL 17/,
    ],
    [
      'whose files are broken',
      (folder) => {
        mkdirSync(join(folder, 'pgdata'), { recursive: true });
        writeFileSync(join(folder, 'pgdata', 'PG_VERSION'), '18\n');
      },
      /cannot be opened/,
    ],
  ])('%s is explained and left alone', async (_, make, sentence) => {
    const folder = join(mkdtempSync(join(scratch, 'folder-')), 'data');
    make(folder);
    const before = listing(folder);
    const failure = await openDatabase({ folder }).catch((error: unknown) => error as Error);
    expect(failure).toMatchObject({ name: 'OpenError', message: expect.stringMatching(sentence) });
    expect(failure).toMatchObject({ message: expect.stringContaining(folder) });
    expect(listing(folder)).toEqual(before);
  });
});

function listing(path: string): string[] | null {
  try {
    return readdirSync(path).sort();
  } catch {
    return null;
  }
}
