/** The one face of either engine. Queries take it as an argument; nothing imports an open database. */
import type { SQL } from 'drizzle-orm';

/** The one channel; a notification carries nothing. */
export const CHANNEL = 'wangge_live';

export type Engine = 'embedded' | 'postgres';

export interface Queries {
  /**
   * Rows of a statement. Both engines give the same JS values: int8, float8 and numeric as number (a bigint beyond 2^53
   * throws), timestamptz as an ISO string in UTC, date as `YYYY-MM-DD`, jsonb parsed, arrays as arrays.
   * @throws DatabaseError, also where the engine would return an empty success for a failure.
   */
  rows<Row>(query: SQL): Promise<Row[]>;
  /**
   * Runs a statement that writes.
   * @param expected where given, any other number of affected rows throws, and the transaction around it rolls back.
   * @returns the number of rows affected.
   */
  run(query: SQL, expected?: number): Promise<number>;
  /**
   * COPY … FROM STDIN in text format.
   * @param target table with its column list, e.g. `dwelling (county_code, id)`; a constant of ours, never input
   * @param rows each an array in column order; null is NULL, Date is timestamptz
   * @returns rows written; throws unless all were.
   */
  copyIn(target: string, rows: Iterable<readonly CopyValue[]>): Promise<number>;
  /**
   * COPY (query) TO STDOUT.
   * @param query a SELECT of ours without parameters
   * @param format `binary` for read models (PGCOPY), `text` for files
   */
  copyOut(query: string, format: 'binary' | 'text'): Promise<Uint8Array>;
}

export type CopyValue = string | number | boolean | null | Date;

export interface Database extends Queries {
  readonly engine: Engine;
  /** Commits when `work` resolves, rolls back when it rejects. Other queries wait or use another connection. */
  transaction<T>(work: (tx: Queries) => Promise<T>): Promise<T>;
  /**
   * Calls `heard` soon after a commit that notified `wangge_live`, in this process or another, and after any time in
   * which it could not hear. Notifications may be lost and may come several at once: they only say "look again".
   * @param heard told whether a notification came, or only a time has ended in which none could
   * @returns how to stop
   */
  listen(heard: (notified: boolean) => void): () => Promise<void>;
  close(): Promise<void>;
}

/** A statement that failed, in either engine's words, without its parameters. */
export class DatabaseError extends Error {
  override name = 'DatabaseError';
  constructor(
    message: string,
    /** SQLSTATE where the engine gave one; `57014` for one that was cut for its time. */
    readonly code: string | null,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
