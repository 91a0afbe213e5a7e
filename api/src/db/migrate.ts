import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import type { Database } from './database.ts';

/** Any constant, the same in every process of ours. */
const ADVISORY_LOCK = 620_622_001;

/** `migrations` beside `api`, from its source as from its bundle. */
export function migrationsFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const candidate = join(folder, 'migrations');
    if (existsSync(join(candidate, 'meta', '_journal.json'))) return candidate;
    if (folder === dirname(folder)) throw new Error('the folder migrations was not found beside api');
  }
}

/**
 * Brings the schema up to date, all in one transaction: a migration that fails leaves the database as it was. Two
 * processes that start at once follow one another. Keeps drizzle's own record (`drizzle.__drizzle_migrations`).
 */
export async function migrate(database: Database, folder: string): Promise<void> {
  const migrations = readMigrationFiles({ migrationsFolder: folder });
  await database.transaction(async (tx) => {
    if (database.engine === 'postgres') {
      // Waiting for the other process, and a long migration, are no runaway statements.
      await tx.run(sql`SET LOCAL statement_timeout = 0`);
      await tx.run(sql`SELECT pg_advisory_xact_lock(${ADVISORY_LOCK})`);
    }
    const [known] = await tx.rows<{ there: boolean }>(
      sql`SELECT to_regclass('drizzle.__drizzle_migrations') IS NOT NULL AS there`,
    );
    if (!known?.there) {
      await tx.run(sql`CREATE SCHEMA IF NOT EXISTS drizzle`);
      await tx.run(
        sql`CREATE TABLE drizzle.__drizzle_migrations (id serial PRIMARY KEY, hash text NOT NULL, created_at bigint)`,
      );
    }
    const [last] = await tx.rows<{ at: number | null }>(
      sql`SELECT max(created_at) AS at FROM drizzle.__drizzle_migrations`,
    );
    for (const migration of migrations) {
      if (last?.at != null && last.at >= migration.folderMillis) continue;
      for (const statement of migration.sql) await tx.run(sql.raw(statement));
      await tx.run(
        sql`INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES (${migration.hash}, ${migration.folderMillis})`,
        1,
      );
    }
  });
}
