import type { SQL } from 'drizzle-orm';
import { copyChunks } from './copy.ts';
import { type CopyValue, DatabaseError, type Queries } from './database.ts';
import { compile, expectRows, type Outcome, type Statement } from './statement.ts';
import { Turns } from './turns.ts';

/** What a connection of either engine does alike, once it can execute one statement and copy. */
export abstract class Session implements Queries {
  abstract execute(statement: Statement): Promise<Outcome>;
  /** One COPY … FROM STDIN; returns the rows written. */
  abstract copyChunk(target: string, bytes: Uint8Array<ArrayBuffer>): Promise<number>;
  abstract copyOut(query: string, format: 'binary' | 'text'): Promise<Uint8Array>;
  /** Runs `work` inside one transaction: the one that is open, else one of its own. */
  abstract atomically<T>(work: (session: Session) => Promise<T>): Promise<T>;

  async rows<Row>(query: SQL): Promise<Row[]> {
    return (await this.execute(compile(query))).rows as Row[];
  }

  async run(query: SQL, expected?: number): Promise<number> {
    const statement = compile(query);
    if (expected === undefined) return (await this.execute(statement)).affected;
    return await this.atomically(async (session) => {
      const { affected } = await session.execute(statement);
      expectRows(affected, expected);
      return affected;
    });
  }

  async copyIn(target: string, rows: Iterable<readonly CopyValue[]>): Promise<number> {
    return await this.atomically(async (session) => {
      let total = 0;
      for (const { bytes, rows: count } of copyChunks(rows)) {
        const written = await session.copyChunk(target, bytes);
        if (written !== count) throw new DatabaseError(`COPY wrote ${written} rows of ${count}`, null);
        total += written;
      }
      return total;
    });
  }
}

/**
 * What an open transaction adds: its statements are sent in turn, and it remembers that something in it failed, whoever
 * caught it, and then never commits.
 */
export abstract class TransactionSession extends Session {
  readonly #turns = new Turns();
  #failure: { readonly error: unknown } | null = null;
  #ended = false;

  get failure(): { readonly error: unknown } | null {
    return this.#failure;
  }

  /** No statement is accepted from here on; resolves when those accepted before are through. */
  async settle(): Promise<void> {
    this.#ended = true;
    await this.#turns.take(async () => undefined);
  }

  protected send<T>(work: () => Promise<T>): Promise<T> {
    return this.#guarded(() => this.#turns.take(work));
  }

  override async atomically<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return await this.#guarded(() => work(this));
  }

  async #guarded<T>(work: () => Promise<T>): Promise<T> {
    if (this.#ended) throw new DatabaseError('the transaction has ended', '25000');
    try {
      return await work();
    } catch (error) {
      this.#failure ??= { error };
      throw error;
    }
  }
}
