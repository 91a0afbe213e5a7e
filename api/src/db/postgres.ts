import { finished } from 'node:stream/promises';
import { Pool, type PoolClient, type PoolConfig, type QueryArrayConfig } from 'pg';
import { from, to } from 'pg-copy-streams';
import { type Database, DatabaseError } from './database.ts';
import { explainConnection, explainServer } from './postgres-errors.ts';
import { PostgresListener } from './postgres-listener.ts';
import { Session, TransactionSession } from './session.ts';
import type { Outcome, Statement } from './statement.ts';
import { fromText } from './values.ts';

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`; may be a pooler in transaction mode. */
  readonly databaseUrl: string;
  readonly statementTimeoutMs: number;
  readonly idleTransactionMs: number;
  /** Direct to the primary, for LISTEN, which a pooler takes and then delivers nothing; default: `databaseUrl`. */
  readonly listenUrl?: string;
  /** Connections at most; default 10. */
  readonly connections?: number;
}

interface Limits {
  readonly statementTimeoutMs: number;
  readonly idleTransactionMs: number;
}

/** @throws OpenError */
export async function openPostgres(options: PostgresOptions): Promise<PostgresDatabase> {
  let limits: Limits | null = null;
  let pool = poolOf(options, {
    statement_timeout: options.statementTimeoutMs,
    idle_in_transaction_session_timeout: options.idleTransactionMs,
  });
  try {
    await pool.query('SELECT 1');
  } catch (error) {
    await pool.end();
    // A pooler does not take limits for a session that it shares out; they are then set in each transaction.
    if (!/unsupported startup parameter/.test(String((error as Error).message))) {
      throw explainConnection(options.databaseUrl, error);
    }
    limits = options;
    pool = poolOf(options, {});
  }
  try {
    await explainServer(options.databaseUrl, async (text) => (await pool.query(text)).rows);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return new PostgresDatabase(pool, limits, options.listenUrl ?? options.databaseUrl);
}

function poolOf(options: PostgresOptions, session: PoolConfig): Pool {
  const pool = new Pool({
    connectionString: options.databaseUrl,
    max: options.connections ?? 10,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: 'wangge',
    // Before its first use. A pooler carries these two over to whichever server it uses.
    onConnect: async (client) => {
      // Also while a transaction holds it: without a listener the error would end the process.
      client.on('error', () => undefined);
      await client.query(`SET TimeZone = 'UTC'`);
      await client.query(`SET DateStyle = 'ISO, YMD'`);
    },
    ...session,
  });
  // A connection that breaks while nobody waits for it is replaced when the next one is needed.
  pool.on('error', () => undefined);
  return pool;
}

/** The driver's errors may carry the statement's values (`detail`); ours does not. */
function databaseError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof DatabaseError) return error;
  if (error instanceof RangeError) return new DatabaseError(error.message, '22003');
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return new DatabaseError(error.message, code);
  return new DatabaseError(`the connection to the database failed: ${error.message}`, '08006');
}

async function rethrown<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw databaseError(error);
  }
}

/** Every value comes as PostgreSQL's text, for `fromText`. */
const AS_TEXT = { getTypeParser: () => (text: string) => text };

async function execute(client: Pool | PoolClient, { text, params }: Statement): Promise<Outcome> {
  const query: QueryArrayConfig & { queryMode: 'extended' } = {
    text,
    values: [...params],
    rowMode: 'array',
    types: AS_TEXT,
    // Also without parameters: the simple protocol would run several statements in one string.
    queryMode: 'extended',
  };
  const result = await client.query<(string | null)[]>(query);
  const rows = result.rows.map((values) => {
    const row: Record<string, unknown> = {};
    result.fields.forEach(({ name, dataTypeID }, i) => {
      row[name] = fromText(dataTypeID, values[i] ?? null);
    });
    return row;
  });
  return { rows, affected: result.rowCount ?? 0 };
}

async function copyIn(client: PoolClient, target: string, bytes: Uint8Array): Promise<number> {
  const stream = client.query(from(`COPY ${target} FROM STDIN`));
  stream.end(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  await finished(stream);
  return stream.rowCount;
}

async function copyOut(client: PoolClient, query: string, format: 'binary' | 'text'): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const stream = client.query(to(`COPY (${query}) TO STDOUT (FORMAT ${format})`));
  for await (const chunk of stream) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

export class PostgresDatabase extends Session implements Database {
  readonly engine = 'postgres';
  readonly #pool: Pool;
  /** Set where the session cannot hold them: behind a pooler. */
  readonly #limits: Limits | null;

  readonly #listenUrl: string;
  readonly #listeners = new Set<PostgresListener>();

  constructor(pool: Pool, limits: Limits | null, listenUrl: string) {
    super();
    this.#pool = pool;
    this.#limits = limits;
    this.#listenUrl = listenUrl;
  }

  listen(heard: (notified: boolean) => void): () => Promise<void> {
    const listener = new PostgresListener(this.#listenUrl, heard);
    this.#listeners.add(listener);
    return async () => {
      this.#listeners.delete(listener);
      await listener.close();
    };
  }

  override async execute(statement: Statement): Promise<Outcome> {
    if (this.#limits) return await this.transaction((tx) => tx.execute(statement));
    return await rethrown(execute(this.#pool, statement));
  }

  override async copyChunk(target: string, bytes: Uint8Array<ArrayBuffer>): Promise<number> {
    return await this.transaction((tx) => tx.copyChunk(target, bytes));
  }

  override async copyOut(query: string, format: 'binary' | 'text'): Promise<Uint8Array> {
    return await this.transaction((tx) => tx.copyOut(query, format));
  }

  override async atomically<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return await this.transaction(work);
  }

  async transaction<T>(work: (tx: Session) => Promise<T>): Promise<T> {
    const client = await rethrown(this.#pool.connect());
    const tx = new PostgresTransaction(client);
    try {
      await rethrown(client.query('BEGIN'));
      if (this.#limits) {
        const { statementTimeoutMs, idleTransactionMs } = this.#limits;
        await rethrown(client.query(`SET LOCAL statement_timeout = ${statementTimeoutMs}`));
        await rethrown(client.query(`SET LOCAL idle_in_transaction_session_timeout = ${idleTransactionMs}`));
      }
      const result = await Promise.race([work(tx), tx.lost]);
      await tx.settle();
      if (tx.failure) throw tx.failure.error;
      const { command } = await rethrown(client.query('COMMIT'));
      if (command !== 'COMMIT')
        throw new DatabaseError('the transaction was rolled back instead of committed', '40000');
      client.release();
      return result;
    } catch (error) {
      await tx.settle();
      // A connection that cannot even roll back is thrown away; the server then does so itself.
      await client.query('ROLLBACK').then(
        () => client.release(),
        () => client.release(true),
      );
      throw error;
    }
  }

  async close(): Promise<void> {
    for (const listener of this.#listeners) await listener.close();
    this.#listeners.clear();
    await this.#pool.end();
  }
}

class PostgresTransaction extends TransactionSession {
  readonly #client: PoolClient;
  /** Rejects when the connection breaks, so that work that waits for something else does not go on for ever. */
  readonly lost: Promise<never>;
  #end!: () => void;

  constructor(client: PoolClient) {
    super();
    this.#client = client;
    this.lost = new Promise((_, reject) => {
      const broken = (error: Error): void => reject(databaseError(error));
      client.once('error', broken);
      this.#end = () => client.off('error', broken);
    });
    this.lost.catch(() => undefined);
  }

  override async settle(): Promise<void> {
    await super.settle();
    this.#end();
  }

  override execute(statement: Statement): Promise<Outcome> {
    return this.send(() => rethrown(execute(this.#client, statement)));
  }

  override copyChunk(target: string, bytes: Uint8Array<ArrayBuffer>): Promise<number> {
    return this.send(() => rethrown(copyIn(this.#client, target, bytes)));
  }

  override copyOut(query: string, format: 'binary' | 'text'): Promise<Uint8Array> {
    return this.send(() => rethrown(copyOut(this.#client, query, format)));
  }
}
