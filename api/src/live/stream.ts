/** One browser that is told of events as they come. What it cannot take is counted, not kept. */
import type { ServerResponse } from 'node:http';
import { digest, type Missed } from './frames.ts';
import type { LiveEvent } from './queries.ts';

/** Bytes that may wait for a slow client: about a hundred coalesced frames. */
const QUEUE_BYTES = 256 * 1024;

/** What a stream writes to: the raw response, so that one buffer serves all (a Hono stream copies for each). */
export type Sink = Pick<
  ServerResponse,
  'write' | 'end' | 'destroy' | 'on' | 'writableLength' | 'writableEnded' | 'destroyed'
>;

export class Stream {
  readonly #sink: Sink;
  #missed: { count: number; areas: Set<string>; ground: boolean; reloaded: boolean } | null = null;
  #missedSince = 0;

  /** @param onClose called once, however the client leaves */
  constructor(sink: Sink, head: () => number, onClose: () => void) {
    this.#sink = sink;
    sink.on('close', onClose);
    // A connection that breaks while it is written to closes as well.
    sink.on('error', () => undefined);
    sink.on('drain', () => {
      if (!this.#missed) return;
      const missed: Missed = this.#missed;
      this.#missed = null;
      sink.write(digest(head(), missed));
    });
  }

  /** Sends what every client is sent, or counts it where this one has too much before it already. */
  send(bytes: Uint8Array, events: readonly LiveEvent[], now: number): void {
    if (this.#sink.destroyed || this.#sink.writableEnded) return;
    const { writableLength } = this.#sink;
    // With nothing before it even a frame that is larger than the queue is taken.
    if (!this.#missed && (writableLength === 0 || writableLength + bytes.byteLength <= QUEUE_BYTES)) {
      this.#sink.write(bytes);
      return;
    }
    if (!this.#missed) {
      this.#missed = { count: 0, areas: new Set(), ground: false, reloaded: false };
      this.#missedSince = now;
    }
    for (const { kind, area } of events) {
      if (kind === 'ground') this.#missed.ground = true;
      else if (kind === 'reloaded') this.#missed.reloaded = true;
      else {
        this.#missed.count++;
        if (area !== null) this.#missed.areas.add(area);
      }
    }
  }

  /** Sends what belongs to this client alone: its replay. */
  write(bytes: Uint8Array): void {
    if (!this.#sink.destroyed && !this.#sink.writableEnded) this.#sink.write(bytes);
  }

  /** Milliseconds for which it has taken nothing; 0 where it keeps up. */
  stuckFor(now: number): number {
    return this.#missed ? now - this.#missedSince : 0;
  }

  end(): void {
    this.#sink.end();
  }

  /** Cuts a client that does not read at all; it comes back by its last id. */
  cut(): void {
    this.#sink.destroy();
  }
}
