/** All event streams of a process: they stand at one position, and are told of what follows in the same few bytes. */
import type { Models } from '../county/models.ts';
import { Problem } from '../http/problem.ts';
import { RING } from './feed.ts';
import { batch, beat, hello, reset } from './frames.ts';
import type { LiveEvent } from './queries.ts';
import { type Sink, Stream } from './stream.ts';

/** Events that come within this time of each other are told together: 5,000 clients then cost a third of a core. */
const COALESCE_MS = 100;
const BEAT_MS = 10_000;
/** A client that takes nothing for so long is gone, or will be better served by coming back. */
const STUCK_MS = 30_000;
/** Incidents in one frame of a replay. */
const REPLAY_FRAME = 500;

export interface StreamsOptions {
  readonly models: Models;
  /** Streams at once; one more is refused. */
  readonly limit: number;
}

export class Streams {
  readonly #models: Models;
  readonly #limit: number;
  readonly #open = new Set<Stream>();
  /** Read by the feed and not yet told. */
  #waiting: LiveEvent[] = [];
  /** At which every open stream stands. */
  #told = 0;
  #flush: NodeJS.Timeout | null = null;
  #beat: NodeJS.Timeout | null = null;
  #entering = 0;

  constructor({ models, limit }: StreamsOptions) {
    this.#models = models;
    this.#limit = limit;
    models.feed.listen((events) => {
      if (this.#open.size === 0) return;
      this.#waiting.push(...events);
      this.#flush ??= setTimeout(() => this.#tell(), COALESCE_MS);
    });
  }

  get size(): number {
    return this.#open.size;
  }

  /** @throws Problem 503 where the limit is reached. */
  admit(): void {
    if (this.#open.size + this.#entering < this.#limit) return;
    throw new Problem(
      'too-many-streams',
      `实时连接已达上限（${this.#limit} 个），请稍后重试；期间页面每分钟自动刷新一次。`,
      [],
      { 'retry-after': '60' },
    );
  }

  /**
   * Replays what follows a position and keeps the stream open.
   * @param after null: from now on
   * @param begin called once all is at hand, just before the first bytes
   * @throws Problem 503 where no county is loaded or the limit is reached, before `begin`.
   */
  async enter(after: number | null, begin: () => Sink): Promise<void> {
    this.admit();
    this.#entering++;
    try {
      const models = this.#models;
      const { county, position } = await models.version();
      await models.feed.reach(county, position);
      const missed = after === null ? [] : await models.feed.since(county, after, RING);
      // From here on nothing waits, so that no event falls between the replay and the first that is told to all.
      this.#join(after, missed, begin());
    } finally {
      this.#entering--;
    }
  }

  #join(after: number | null, missed: readonly LiveEvent[] | null, sink: Sink): void {
    const stream: Stream = new Stream(
      sink,
      () => this.#told,
      () => this.#leave(stream),
    );
    const models = this.#models;
    if (this.#open.size === 0) this.#told = models.feed.position;
    const told = this.#told;
    // The feed may have read on since it was asked, in the moment before this one.
    const more = missed && models.feed.recent(missed.at(-1)?.position ?? after ?? told);
    const replay = missed && more && [...missed, ...more].filter(({ position }) => position <= told);
    const now = models.clock().toISOString();
    const pending = replay?.filter(({ kind }) => kind === 'incident').length ?? 0;
    stream.write(hello(replay === null ? told : (after ?? told), now, pending));
    if (replay === null) stream.write(reset(told, 'too-old'));
    else for (const events of pages(replay)) stream.write(batch(events));
    this.#open.add(stream);
    this.#beat ??= setInterval(() => this.#breathe(), BEAT_MS);
  }

  #leave(stream: Stream): void {
    this.#open.delete(stream);
    if (this.#open.size > 0 || this.#beat === null) return;
    clearInterval(this.#beat);
    this.#beat = null;
  }

  #tell(): void {
    this.#flush = null;
    // A stream that was opened meanwhile, as the first, stands at the head already.
    const events = this.#waiting.filter(({ position }) => position > this.#told);
    this.#waiting = [];
    const last = events.at(-1);
    if (last === undefined) return;
    const bytes = batch(events);
    const now = this.#models.clock().getTime();
    this.#told = last.position;
    for (const stream of this.#open) stream.send(bytes, events, now);
  }

  #breathe(): void {
    const now = this.#models.clock();
    const bytes = beat(this.#told, now.toISOString());
    for (const stream of this.#open) {
      if (stream.stuckFor(now.getTime()) > STUCK_MS) stream.cut();
      else stream.send(bytes, [], now.getTime());
    }
  }

  /** Ends every stream; clients come back by their last id. */
  close(): void {
    if (this.#flush) clearTimeout(this.#flush);
    if (this.#beat) clearInterval(this.#beat);
    this.#flush = null;
    this.#beat = null;
    for (const stream of this.#open) stream.end();
    this.#open.clear();
  }
}

/** Events in stretches that make frames of a bearable size. */
function* pages(events: readonly LiveEvent[]): Generator<readonly LiveEvent[]> {
  for (let at = 0; at < events.length; at += REPLAY_FRAME) yield events.slice(at, at + REPLAY_FRAME);
}
