/** What both engines share about one statement: its text, its outcome, and the reading of its command tag. */
import type { SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core/dialect';
import { DatabaseError } from './database.ts';
import { toText } from './values.ts';

/** A statement as it is sent: `$1, $2, …` and their values in text format. */
export interface Statement {
  readonly text: string;
  readonly params: readonly (string | null)[];
}

export interface Outcome {
  readonly rows: Record<string, unknown>[];
  /** Of the command tag; 0 for a statement that has no rows. */
  readonly affected: number;
}

const dialect = new PgDialect();

/** @throws DatabaseError for a statement that opens or ends a transaction: `transaction()` alone does that. */
export function compile(query: SQL): Statement {
  const { sql, params } = dialect.sqlToQuery(query);
  // One connection serves many callers, or many connections one: such a statement would reach into another's work.
  if (
    /^\s*(begin|start\s+transaction|commit|end|rollback|abort|savepoint|release|prepare\s+transaction)\b/i.test(sql)
  ) {
    throw new DatabaseError('a transaction is opened and ended by transaction(), not by a statement', '25001');
  }
  return { text: sql, params: params.map(toText) };
}

/** @throws DatabaseError where the number of rows is not the one expected. */
export function expectRows(affected: number, expected: number | undefined): void {
  if (expected !== undefined && affected !== expected) {
    throw new DatabaseError(`the statement affected ${affected} rows where ${expected} were expected`, null);
  }
}

/** Statements that the engines run for themselves, without parameters. */
export const plain = (text: string): Statement => ({ text, params: [] });
