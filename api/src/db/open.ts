import type { Database } from './database.ts';
import { openEmbedded } from './embedded.ts';
import { unusable } from './embedded-folder.ts';
import { migrate, migrationsFolder } from './migrate.ts';
import { openPostgres } from './postgres.ts';
import { explainMigration } from './postgres-errors.ts';

export type OpenOptions = (
  | { readonly databaseUrl: string; readonly listenUrl?: string }
  | { readonly folder: string }
) & {
  /** A statement that runs longer fails with 57014; default 30 s. */
  readonly statementTimeoutMs?: number;
  /** A transaction that sends nothing for longer is rolled back; default 60 s. */
  readonly idleTransactionMs?: number;
  /** Default: `migrations` beside `api`. */
  readonly migrations?: string;
  /** The bundle of `embedded-worker.ts`; default: in `api/dist`. Embedded only. */
  readonly workerFile?: URL;
};

/**
 * Opens either engine, for this process alone where it is the embedded one, and brings its schema up to date.
 * @throws OpenError: a sentence that says what to do; nothing is left half done.
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const statementTimeoutMs = options.statementTimeoutMs ?? 30_000;
  const idleTransactionMs = options.idleTransactionMs ?? 60_000;
  const limits = { statementTimeoutMs, idleTransactionMs };
  const migrations = options.migrations ?? migrationsFolder();
  if ('folder' in options) {
    const database = await openEmbedded({ ...options, ...limits });
    return await migrated(
      database,
      () => database.unhurried(() => migrate(database, migrations)),
      (error) => unusable(options.folder, error),
    );
  }
  const database = await openPostgres({ ...options, ...limits });
  return await migrated(
    database,
    () => migrate(database, migrations),
    (error) => explainMigration(options.databaseUrl, error),
  );
}

async function migrated(
  database: Database,
  work: () => Promise<void>,
  explain: (error: unknown) => Error,
): Promise<Database> {
  try {
    await work();
    return database;
  } catch (error) {
    await database.close();
    throw explain(error);
  }
}
