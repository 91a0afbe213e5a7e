import { existsSync } from 'node:fs';
import { type Database, DatabaseError } from './database.ts';
import { EmbeddedEngine } from './embedded-engine.ts';
import { claimFolder, unusable } from './embedded-folder.ts';
import type { Answer } from './embedded-protocol.ts';
import type { Lock } from './lock.ts';
import { Session, TransactionSession } from './session.ts';
import { type Outcome, plain, type Statement } from './statement.ts';
import { Turns } from './turns.ts';

export interface EmbeddedOptions {
  /** Folder of the database; made where there is none. */
  readonly folder: string;
  /** A statement that runs longer is cut and fails with 57014. */
  readonly statementTimeoutMs: number;
  /** A transaction that sends nothing for longer is rolled back: it holds the only connection. */
  readonly idleTransactionMs: number;
  /** The bundled worker; default: beside the API's bundle. */
  readonly workerFile?: URL;
}

/** First start on a slow machine: making the files, compiling PostgreSQL and PostGIS, the first migration. */
const OPEN_TIMEOUT_MS = 180_000;

/** Both from the bundle, `api/dist/server.js`, and from the source, `api/src/db`. */
function defaultWorkerFile(): URL {
  const beside = new URL('./embedded-worker.js', import.meta.url);
  return existsSync(beside) ? beside : new URL('../../dist/embedded-worker.js', import.meta.url);
}

/** @throws OpenError */
export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const folder = await claimFolder(options.folder);
  try {
    const engine = await EmbeddedEngine.open({
      dataDir: folder.dataDir,
      workerFile: options.workerFile ?? defaultWorkerFile(),
      statementTimeoutMs: options.statementTimeoutMs,
      openTimeoutMs: OPEN_TIMEOUT_MS,
    });
    await folder.finished();
    return new EmbeddedDatabase(engine, folder.lock, options.idleTransactionMs);
  } catch (error) {
    folder.lock.release();
    throw unusable(options.folder, error);
  }
}

const outcomeOf = ({ rows, affected }: Answer): Outcome => ({ rows, affected });

/**
 * One connection for all: while a transaction is open every other query waits, or it would run inside it. Never await the
 * database inside a transaction's own work; use the `tx` that it was given.
 */
export class EmbeddedDatabase extends Session implements Database {
  readonly engine = 'embedded';
  readonly #engine: EmbeddedEngine;
  readonly #lock: Lock;
  readonly #idleMs: number;
  readonly #turns = new Turns();
  readonly #listeners = new Set<(notified: boolean) => void>();
  #closing: Promise<void> | null = null;

  constructor(engine: EmbeddedEngine, lock: Lock, idleMs: number) {
    super();
    this.#engine = engine;
    this.#lock = lock;
    this.#idleMs = idleMs;
    engine.onHeard = (notified) => {
      for (const heard of this.#listeners) heard(notified);
    };
  }

  /** No other process writes here: notifications come with the answers to our own statements. */
  listen(heard: (notified: boolean) => void): () => Promise<void> {
    this.#listeners.add(heard);
    return async () => {
      this.#listeners.delete(heard);
    };
  }

  override async execute(statement: Statement): Promise<Outcome> {
    return await this.#alone(async () => {
      return outcomeOf(await this.#engine.request({ op: 'statement', ...statement }));
    });
  }

  override async copyChunk(target: string, bytes: Uint8Array<ArrayBuffer>): Promise<number> {
    return await this.#alone(
      async () => (await this.#engine.request({ op: 'copyIn', target, bytes }, [bytes.buffer])).affected,
    );
  }

  override async copyOut(query: string, format: 'binary' | 'text'): Promise<Uint8Array> {
    return await this.#alone(
      async () => (await this.#engine.request({ op: 'copyOut', query, format })).bytes ?? new Uint8Array(0),
    );
  }

  override async atomically<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return await this.transaction((tx) => work(tx as EmbeddedTransaction));
  }

  async transaction<T>(work: (tx: Session) => Promise<T>): Promise<T> {
    return await this.#alone(async () => {
      await this.#engine.request({ op: 'statement', ...plain('BEGIN') });
      const tx = new EmbeddedTransaction(this.#engine, this.#idleMs);
      try {
        const result = await Promise.race([work(tx), tx.abandoned]);
        await tx.settle();
        if (tx.failure) throw tx.failure.error;
        const { tag } = await this.#engine.request({ op: 'statement', ...plain('COMMIT') });
        if (tag !== 'COMMIT') throw new DatabaseError('the transaction was rolled back instead of committed', '40000');
        return result;
      } catch (error) {
        await tx.settle();
        // A new life of the engine knows nothing of the transaction; where ROLLBACK itself fails, one begins.
        if (this.#engine.life === tx.life) {
          await this.#engine.request({ op: 'statement', ...plain('ROLLBACK') }).catch(() => undefined);
        }
        throw error;
      }
    });
  }

  /** Runs `work`, a migration, under the limit for opening instead of the one for a statement. */
  async unhurried<T>(work: () => Promise<T>): Promise<T> {
    const { limitMs } = this.#engine;
    this.#engine.limitMs = OPEN_TIMEOUT_MS;
    try {
      return await work();
    } finally {
      this.#engine.limitMs = limitMs;
    }
  }

  async close(): Promise<void> {
    this.#closing ??= this.#turns.take(async () => {
      try {
        await this.#engine.close();
      } finally {
        this.#lock.release();
      }
    });
    await this.#closing;
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closing) return Promise.reject(new DatabaseError('the database is closed', '57P01'));
    return this.#turns.take(work);
  }
}

class EmbeddedTransaction extends TransactionSession {
  readonly #engine: EmbeddedEngine;
  readonly #idleMs: number;
  /** The engine's life in which it began. */
  readonly life: number;
  /** Rejects when the transaction has sent nothing for too long. */
  readonly abandoned: Promise<never>;
  #abandon!: (error: DatabaseError) => void;
  #idle: NodeJS.Timeout | undefined;

  constructor(engine: EmbeddedEngine, idleMs: number) {
    super();
    this.#engine = engine;
    this.#idleMs = idleMs;
    this.life = engine.life;
    this.abandoned = new Promise((_, reject) => {
      this.#abandon = reject;
    });
    this.abandoned.catch(() => undefined);
    this.#waitForNext();
  }

  #waitForNext(): void {
    this.#idle = setTimeout(() => {
      this.#abandon(
        new DatabaseError(`the transaction sent nothing for ${this.#idleMs / 1000} s and was rolled back`, '25P03'),
      );
    }, this.#idleMs);
  }

  protected override send<T>(work: () => Promise<T>): Promise<T> {
    return super.send(async () => {
      if (this.#engine.life !== this.life) {
        throw new DatabaseError('the transaction was rolled back when the engine was reopened', '40000');
      }
      clearTimeout(this.#idle);
      try {
        return await work();
      } finally {
        this.#waitForNext();
      }
    });
  }

  override async settle(): Promise<void> {
    await super.settle();
    clearTimeout(this.#idle);
  }

  override execute(statement: Statement): Promise<Outcome> {
    return this.send(async () => {
      return outcomeOf(await this.#engine.request({ op: 'statement', ...statement }));
    });
  }

  override copyChunk(target: string, bytes: Uint8Array<ArrayBuffer>): Promise<number> {
    return this.send(
      async () => (await this.#engine.request({ op: 'copyIn', target, bytes }, [bytes.buffer])).affected,
    );
  }

  override copyOut(query: string, format: 'binary' | 'text'): Promise<Uint8Array> {
    return this.send(
      async () => (await this.#engine.request({ op: 'copyOut', query, format })).bytes ?? new Uint8Array(0),
    );
  }
}
