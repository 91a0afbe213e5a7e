import { Worker } from 'node:worker_threads';
import { DatabaseError } from './database.ts';
import type { Answer, Reply, Request, WorkerOptions } from './embedded-protocol.ts';

export interface EngineOptions {
  readonly dataDir: string;
  /** The bundled worker. */
  readonly workerFile: URL;
  readonly statementTimeoutMs: number;
  readonly openTimeoutMs: number;
}

/**
 * The worker that holds the embedded engine, and the watch over it: a statement beyond its limit, or a worker that dies,
 * costs that statement and the open transaction; the engine is then reopened from its files, where a killed process loses
 * nothing that was acknowledged. The caller sends one request at a time.
 */
export class EmbeddedEngine {
  readonly #options: EngineOptions;
  #worker: Promise<Worker> | null = null;
  #closed = false;
  /** Called after an answer with which a notification came, and (false) after a life in which one may have been lost. */
  onHeard: (notified: boolean) => void = () => undefined;
  /** Milliseconds that a statement may take. */
  limitMs: number;
  /** Counts the engine's lives: a transaction that began in an earlier one is gone. */
  life = 0;

  private constructor(options: EngineOptions) {
    this.#options = options;
    this.limitMs = options.statementTimeoutMs;
  }

  static async open(options: EngineOptions): Promise<EmbeddedEngine> {
    const engine = new EmbeddedEngine(options);
    await engine.#ready();
    return engine;
  }

  /** @throws DatabaseError; 57014 where the statement was cut for its time, 57P02 where the engine broke under it. */
  async request(request: Request, transfer: ArrayBuffer[] = []): Promise<Answer> {
    if (this.#closed) throw new DatabaseError('the database is closed', '57P01');
    const worker = await this.#ready().catch((error: Error) => {
      throw new DatabaseError(`the embedded engine cannot be reopened: ${error.message}`, '57P03');
    });
    const { limitMs } = this;
    const reply = await this.#exchange(worker, limitMs, () => {
      worker.postMessage(request, transfer);
    });
    if (reply === 'late') {
      await this.#renew(worker);
      throw new DatabaseError(`the statement was cut after its limit of ${limitMs / 1000} s`, '57014');
    }
    if (reply === 'dead' || (!reply.ok && reply.refusal.broken)) {
      await this.#renew(worker);
      const why = reply === 'dead' ? 'its worker ended' : reply.refusal.message;
      throw new DatabaseError(`the embedded engine broke under the statement and was reopened: ${why}`, '57P02');
    }
    if (!reply.ok) throw new DatabaseError(reply.refusal.message, reply.refusal.code);
    if (reply.answer.heard) this.onHeard(true);
    return reply.answer;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    try {
      const worker = await this.#worker;
      if (worker) {
        await this.#exchange(worker, this.#options.openTimeoutMs, () => worker.postMessage({ op: 'close' }));
        await worker.terminate();
      }
    } finally {
      this.#closed = true;
      this.#worker = null;
    }
  }

  /** The open worker; one that could not be opened is tried again by the next request. */
  async #ready(): Promise<Worker> {
    this.#worker ??= this.#start();
    try {
      return await this.#worker;
    } catch (error) {
      this.#worker = null;
      throw error;
    }
  }

  async #start(): Promise<Worker> {
    const workerData: WorkerOptions = { dataDir: this.#options.dataDir };
    const worker = new Worker(this.#options.workerFile, { workerData });
    // Between requests nothing listens for an error; without this one it would end the whole process.
    worker.on('error', () => undefined);
    const reply = await this.#exchange(worker, this.#options.openTimeoutMs, () => undefined);
    if (typeof reply === 'object' && reply.ok) {
      worker.once('exit', () => this.#forget(worker));
      return worker;
    }
    await worker.terminate();
    throw new Error(
      reply === 'late'
        ? `it did not open within ${this.#options.openTimeoutMs / 1000} s`
        : reply === 'dead'
          ? 'its worker ended while opening'
          : reply.refusal.message,
    );
  }

  #exchange(worker: Worker, limitMs: number, send: () => void): Promise<Reply | 'late' | 'dead'> {
    return new Promise((resolve) => {
      const done = (outcome: Reply | 'late' | 'dead'): void => {
        clearTimeout(timer);
        worker.off('message', done);
        worker.off('error', dead);
        worker.off('exit', dead);
        resolve(outcome);
      };
      const dead = (): void => done('dead');
      const timer = setTimeout(() => done('late'), limitMs);
      worker.on('message', done);
      worker.on('error', dead);
      worker.on('exit', dead);
      send();
    });
  }

  /** Ends the worker's life and begins the next one, without waiting for it. */
  async #renew(worker: Worker): Promise<void> {
    await worker.terminate();
    this.#forget(worker);
    this.#worker ??= this.#start();
    this.#worker.catch(() => undefined);
  }

  #lost = new WeakSet<Worker>();

  #forget(worker: Worker): void {
    if (this.#lost.has(worker)) return;
    this.#lost.add(worker);
    this.life += 1;
    this.#worker = null;
    // A commit may have been the last thing that it did.
    this.onHeard(false);
  }
}
