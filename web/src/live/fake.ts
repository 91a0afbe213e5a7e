/** A clock that tests turn by hand, and a server with an outbox that they fill, cut and prune. For tests alone. */
import type { IncidentRecord } from '@wangge/geodata/incidents/build';
import { ApiError } from '../ui/request.ts';
import type { Clock } from './clock.ts';
import { Crowded, type Transport } from './transport.ts';
import type { Message } from './wire.ts';

export class FakeClock implements Clock {
  #now = 0;
  #timers: { at: number; run: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + ms, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  frame(ms: number, run: () => void): () => void {
    return this.after(ms + 16, run);
  }

  /** Runs everything that is due within so many milliseconds, in order; what it starts is waited for. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settled();
    for (;;) {
      const next = this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
      await settled();
    }
    this.#now = end;
  }
}

/** All promises that can go on have gone on. */
export const settled = (): Promise<void> => new Promise((done) => setImmediate(done));

export const recordAt = (id: number, second: number, more: Partial<IncidentRecord> = {}): IncidentRecord => ({
  id,
  kind: 'event',
  category: 'road',
  urgency: 'normal',
  state: 'reported',
  occurred_at: new Date(second * 1000),
  point: null,
  grid_id: 1,
  village_code: null,
  township_code: null,
  ...more,
});

interface Client {
  hear(message: Message): void;
  fail(error: unknown): void;
  end(): void;
}

/** The outbox of one county, as `/api/live` tells it; positions from 1, without gaps. */
export class FakeServer implements Transport {
  readonly log: IncidentRecord[] = [];
  /** Events up to this position are no longer kept. */
  pruned = 0;
  /** No stream is given. */
  full = false;
  /** No stream comes through, all else does. */
  cutOff = false;
  /** Nothing is answered at all. */
  away = false;
  /** Requests, as `live`, `changes` or `columns` with a position. */
  readonly asked: string[] = [];
  #clients = new Set<Client>();

  get head(): number {
    return this.log.length;
  }

  get streams(): number {
    return this.#clients.size;
  }

  /** What a fresh load would answer. */
  state(): ReadonlyMap<number, IncidentRecord> {
    return new Map(this.log.map((record) => [record.id, record]));
  }

  stream(after: number, hear: (message: Message) => void, signal: AbortSignal): Promise<void> {
    this.asked.push(`live ${after}`);
    if (this.away || this.cutOff) return Promise.reject(new ApiError(0, null, ''));
    if (this.full) return Promise.reject(new Crowded(30));
    return new Promise((resolve, reject) => {
      const client: Client = { hear, fail: reject, end: resolve };
      signal.addEventListener('abort', () => {
        this.#clients.delete(client);
        reject(signal.reason as Error);
      });
      this.#clients.add(client);
      const tooOld = after < this.pruned;
      hear({ type: 'hello', asOf: this.head, at: this.#at, pending: tooOld ? 0 : this.head - after });
      if (tooOld) hear({ type: 'reset', asOf: this.head });
      else if (after < this.head) hear(this.#since(after));
    });
  }

  changes(after: number, _signal: AbortSignal) {
    this.asked.push(`changes ${after}`);
    if (this.away) return Promise.reject(new ApiError(0, null, ''));
    if (after < this.pruned) return Promise.reject(new ApiError(410, 'urn:problem:too-old', ''));
    const { asOf, at, incidents } = this.#since(after);
    return Promise.resolve({ asOf, at, incidents });
  }

  post(...records: IncidentRecord[]): void {
    const before = this.head;
    this.log.push(...records);
    for (const client of this.#clients) client.hear(this.#since(before));
  }

  beat(): void {
    for (const client of this.#clients) client.hear({ type: 'beat', asOf: this.head, at: this.#at });
  }

  tell(message: Message): void {
    for (const client of this.#clients) client.hear(message);
  }

  /** Posts without telling, but for a digest: this client was too slow. */
  postUntold(...records: IncidentRecord[]): void {
    this.log.push(...records);
    this.tell({ type: 'digest', asOf: this.head });
  }

  cut(): void {
    const cut = this.#clients;
    this.#clients = new Set();
    for (const client of cut) client.fail(new TypeError('network error'));
  }

  #since(after: number) {
    const incidents = [...new Map(this.log.slice(after).map((record) => [record.id, record])).values()];
    return { type: 'incidents' as const, asOf: this.head, at: this.#at, incidents };
  }

  get #at(): string {
    return '2026-07-01T06:02:00Z';
  }
}
