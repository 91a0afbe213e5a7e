import { once } from 'node:events';
import { Stream } from 'node:stream';
import postgres from 'postgres';
import { type Database, DatabaseError } from './database.ts';
import { explainConnection, explainServer } from './postgres-errors.ts';
import { Session, TransactionSession } from './session.ts';
import type { Outcome, Statement } from './statement.ts';
import { fromText } from './values.ts';

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`; may be a pooler in transaction mode. */
  readonly databaseUrl: string;
  readonly statementTimeoutMs: number;
  readonly idleTransactionMs: number;
  /** Connections at most; default 10. */
  readonly connections?: number;
}

type Client = postgres.Sql | postgres.TransactionSql;

/** Every type goes out in text format as `toText` made it; the driver's own serialisers would quote JSON twice. */
const VERBATIM = {
  to: 25,
  from: [16, 17, 21, 23, 26, 114, 700, 701, 1082, 1114, 1184, 3802],
  serialize: (value: string) => value,
  parse: (value: string) => value,
};

function connect(options: PostgresOptions, session: Record<string, string | number>): postgres.Sql {
  return postgres(options.databaseUrl, {
    max: options.connections ?? 10,
    connect_timeout: 10,
    // A pooler in transaction mode loses prepared statements and hangs.
    prepare: false,
    fetch_types: false,
    types: { verbatim: VERBATIM },
    onnotice: () => undefined,
    connection: { application_name: 'wangge', TimeZone: 'UTC', DateStyle: 'ISO, YMD', ...session },
  });
}

/** @throws OpenError */
export async function openPostgres(options: PostgresOptions): Promise<PostgresDatabase> {
  let limits: Limits | null = null;
  let sql: postgres.Sql;
  try {
    sql = connect(options, {
      statement_timeout: options.statementTimeoutMs,
      idle_in_transaction_session_timeout: options.idleTransactionMs,
    });
  } catch (error) {
    throw explainConnection(options.databaseUrl, error);
  }
  try {
    await sql.unsafe('SELECT 1');
  } catch (error) {
    await sql.end({ timeout: 1 });
    // A pooler does not take limits for a session that it shares out; they are then set in each transaction.
    if (!/unsupported startup parameter/.test(String((error as Error).message))) {
      throw explainConnection(options.databaseUrl, error);
    }
    limits = options;
    sql = connect(options, {});
  }
  try {
    await explainServer(options.databaseUrl, sql);
  } catch (error) {
    await sql.end({ timeout: 1 });
    throw error;
  }
  return new PostgresDatabase(sql, limits);
}

interface Limits {
  readonly statementTimeoutMs: number;
  readonly idleTransactionMs: number;
}

/** The driver's errors carry the statement with its parameters; ours does not. */
function databaseError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof DatabaseError) return error;
  const code = (error as { code?: unknown }).code;
  if (error.name === 'PostgresError') return new DatabaseError(error.message, String(code));
  if (error instanceof RangeError) return new DatabaseError(error.message, '22003');
  if (typeof code === 'string' && /^(CONNECTION|CONNECT_|E[A-Z]+$)/.test(code)) {
    return new DatabaseError(`the connection to the database failed (${code})`, '08006');
  }
  return error;
}

async function rethrown<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw databaseError(error);
  }
}

async function execute(client: Client, { text, params }: Statement): Promise<Outcome> {
  // The extended protocol also without parameters: the simple one would run several statements in one string.
  const options = { prepare: false, simple: false } as postgres.UnsafeQueryOptions;
  const result = await client.unsafe(text, [...params], options).raw();
  const columns = result.columns ?? [];
  const rows: Record<string, unknown>[] = [];
  // After a statement that failed among its rows, the driver begins the next result with that many holes.
  for (const values of result as unknown as Iterable<(Buffer | null)[] | undefined>) {
    if (!values) continue;
    const row: Record<string, unknown> = {};
    columns.forEach(({ name, type }, i) => {
      row[name] = fromText(type, values[i]?.toString('utf8') ?? null);
    });
    rows.push(row);
  }
  return { rows, affected: result.count ?? 0 };
}

/**
 * Watches a COPY where the driver does not: it may destroy the stream before anyone can listen, which would end the process,
 * and where the server refuses a row after the last byte was sent, it rejects a query that it has resolved with the stream
 * already, and ends the stream never.
 * @returns a promise that rejects when the COPY fails
 */
function failureOf(query: unknown): Promise<never> {
  const settled = query as { resolve: (value: unknown) => void; reject: (error: unknown) => void };
  const { resolve, reject } = settled;
  const failed = new Promise<never>((_, fail) => {
    settled.resolve = (value) => {
      if (value instanceof Stream) value.on('error', fail);
      resolve(value);
    };
    settled.reject = (error) => {
      fail(error);
      reject(error);
    };
  });
  failed.catch(() => undefined);
  return failed;
}

async function copyIn(client: Client, target: string, bytes: Uint8Array, rows: number): Promise<number> {
  const query = client.unsafe(`COPY ${target} FROM STDIN`);
  const failed = failureOf(query);
  const write = async (): Promise<void> => {
    const stream = await query.writable();
    stream.end(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    await once(stream, 'finish');
  };
  await Promise.race([write(), failed]);
  // COPY takes all or nothing, and the driver does not tell the count.
  return rows;
}

async function copyOut(client: Client, copied: string, format: 'binary' | 'text'): Promise<Uint8Array> {
  const query = client.unsafe(`COPY (${copied}) TO STDOUT (FORMAT ${format})`);
  const failed = failureOf(query);
  const read = async (): Promise<Uint8Array> => {
    const chunks: Uint8Array[] = [];
    const stream = await query.readable();
    for await (const chunk of stream) chunks.push(chunk as Uint8Array);
    // The driver pauses its socket when the stream is full and forgets to go on where the end arrived with the same bytes
    // (porsager/postgres#499): the connection would never answer again. Reading is what makes it go on.
    stream._read(0);
    return Buffer.concat(chunks);
  };
  return await Promise.race([read(), failed]);
}

export class PostgresDatabase extends Session implements Database {
  readonly engine = 'postgres';
  readonly #sql: postgres.Sql;
  /** Set where the session cannot hold them: behind a pooler. */
  readonly #limits: Limits | null;

  constructor(sql: postgres.Sql, limits: Limits | null) {
    super();
    this.#sql = sql;
    this.#limits = limits;
  }

  override async execute(statement: Statement): Promise<Outcome> {
    if (this.#limits) return await this.transaction((tx) => tx.execute(statement));
    return await rethrown(execute(this.#sql, statement));
  }

  override async copyChunk(target: string, bytes: Uint8Array<ArrayBuffer>, rows: number): Promise<number> {
    return await this.transaction((tx) => tx.copyChunk(target, bytes, rows));
  }

  override async copyOut(query: string, format: 'binary' | 'text'): Promise<Uint8Array> {
    return await this.transaction((tx) => tx.copyOut(query, format));
  }

  override async atomically<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return await this.transaction(work);
  }

  async transaction<T>(work: (tx: Session) => Promise<T>): Promise<T> {
    const outcome = await rethrown(
      this.#sql.begin(async (client) => {
        if (this.#limits) {
          await client.unsafe(`SET LOCAL statement_timeout = ${this.#limits.statementTimeoutMs}`);
          await client.unsafe(`SET LOCAL idle_in_transaction_session_timeout = ${this.#limits.idleTransactionMs}`);
        }
        const tx = new PostgresTransaction(client);
        try {
          const result = await work(tx);
          if (tx.failure) throw tx.failure.error;
          // In an object: the driver would take a bare array for a list of queries.
          return { result };
        } finally {
          tx.end();
        }
      }),
    );
    return (outcome as { result: T }).result;
  }

  async close(): Promise<void> {
    await this.#sql.end({ timeout: 5 });
  }
}

class PostgresTransaction extends TransactionSession {
  readonly #client: postgres.TransactionSql;

  constructor(client: postgres.TransactionSql) {
    super();
    this.#client = client;
  }

  override execute(statement: Statement): Promise<Outcome> {
    return this.guarded(() => rethrown(execute(this.#client, statement)));
  }

  override copyChunk(target: string, bytes: Uint8Array<ArrayBuffer>, rows: number): Promise<number> {
    return this.guarded(() => rethrown(copyIn(this.#client, target, bytes, rows)));
  }

  override copyOut(query: string, format: 'binary' | 'text'): Promise<Uint8Array> {
    return this.guarded(() => rethrown(copyOut(this.#client, query, format)));
  }
}
