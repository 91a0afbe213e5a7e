/**
 * The one reader of the outbox in a process. Hears of commits by a NOTIFY without payload, and asks every few seconds all
 * the same; hands the events on in the order of their positions, each once.
 */
import { sql } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import { eventsAfter, type LiveEvent, numberEvents, prunedTo, pruneEvents } from './queries.ts';
import { Ring } from './ring.ts';

/** Events kept in memory. */
export const RING = 5000;
/** Read at once. */
const PAGE = 2000;
/** A notification may be lost where a connection breaks. */
const POLL_MS = 5000;
/** The same where notifications are not heard at all. */
const DEAF_POLL_MS = 1000;
/** For so long the first notification is waited for. */
const PROOF_MS = 10_000;
const PRUNE_MS = 3_600_000;
/** Longer than a long weekend: a screen that was left on over it catches up without loading anew. */
const KEPT_MS = 4 * 86_400_000;

export type FeedListener = (events: readonly LiveEvent[]) => void;

export class Feed {
  readonly #db: Database;
  readonly #clock: () => Date;
  readonly #log: Pick<Logger, 'warn'>;
  readonly #listeners = new Set<FeedListener>();
  #county: string | null = null;
  #ring: Ring | null = null;
  #position = 0;
  #reading: Promise<void> | null = null;
  #again = false;

  constructor(db: Database, clock: () => Date, log: Pick<Logger, 'warn'>) {
    this.#db = db;
    this.#clock = clock;
    this.#log = log;
  }

  /** Of the last event that was read. */
  get position(): number {
    return this.#position;
  }

  /** Calls `listener` with the events that are read from now on. @returns how to stop */
  listen(listener: FeedListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Begins at the head where it has not begun, else reads on until `position`. */
  async reach(county: string, position: number): Promise<void> {
    await this.#begin(county);
    while (this.#position < position) await this.#read();
  }

  /** The events after a position that are still in memory; null where some are not. */
  recent(position: number): readonly LiveEvent[] | null {
    return this.#ring?.after(position) ?? null;
  }

  /**
   * The events after a position and up to the head, from memory or the table.
   * @param most null is also the answer where there are more
   * @returns null where some are no longer kept, or the position lies ahead of the head: then everything is to be read anew
   */
  async since(county: string, position: number, most: number): Promise<readonly LiveEvent[] | null> {
    await this.#begin(county);
    if (position > this.#position) await this.#read();
    if (position > this.#position) return null;
    const recent = this.recent(position);
    if (recent) return recent.length > most ? null : recent;
    const events = await eventsAfter(this.#db, county, position, most + 1);
    if (events.length > most || (await prunedTo(this.#db, county)) > position) return null;
    // Up to where memory takes over, in case it has read on meanwhile.
    const last = events.at(-1)?.position ?? position;
    return [...events, ...(this.recent(last) ?? [])];
  }

  /**
   * Follows the outbox from here on, whether anybody asks or not.
   * @returns how to stop
   */
  follow(county: () => Promise<string | null>): () => Promise<void> {
    const wake = () => {
      // A database that is away is asked again at the next poll; requests tell their own failure.
      void this.#wake(county).catch((error: unknown) => this.#log.warn({ err: error }, 'the feed could not read'));
    };
    const prune = async () => {
      const code = await county();
      const before = new Date(this.#clock().getTime() - KEPT_MS);
      if (code !== null) await this.#db.transaction((tx) => pruneEvents(tx, code, before));
    };
    let heard = false;
    const stop = this.#db.listen((notified) => {
      heard ||= notified;
      wake();
    });
    const timers = [
      setInterval(wake, POLL_MS),
      setInterval(() => {
        prune().catch((error: unknown) => this.#log.warn({ err: error }, 'old events could not be dropped'));
      }, PRUNE_MS),
    ];
    wake();
    // A pooler takes LISTEN and delivers nothing, without an error.
    this.#db.rows(sql`SELECT pg_notify('wangge_live', '')::text AS told`).catch(() => undefined);
    timers.push(
      setTimeout(() => {
        if (heard) return;
        timers.push(setInterval(wake, DEAF_POLL_MS));
        this.#log.warn(
          'no notification of the database was heard: set DATABASE_LISTEN_URL to a direct connection; asking every second meanwhile',
        );
      }, PROOF_MS),
    );
    return async () => {
      for (const timer of timers) clearInterval(timer);
      await stop();
      await this.#reading?.catch(() => undefined);
    };
  }

  async #wake(county: () => Promise<string | null>): Promise<void> {
    if (this.#county === null) {
      const code = await county();
      if (code === null) return;
      await this.#begin(code);
    }
    await this.#read();
  }

  async #begin(county: string): Promise<void> {
    if (this.#county === county) return;
    const head = await numberEvents(this.#db, county);
    if (this.#county === county) return;
    this.#county = county;
    this.#position = head;
    this.#ring = new Ring(RING, head);
  }

  /** All that is committed now; those who ask meanwhile share one more read. */
  #read(): Promise<void> {
    if (this.#reading) {
      this.#again = true;
      return this.#reading;
    }
    this.#reading = (async () => {
      try {
        do {
          this.#again = false;
          await this.#readOnce();
        } while (this.#again);
      } finally {
        this.#reading = null;
      }
    })();
    return this.#reading;
  }

  async #readOnce(): Promise<void> {
    const county = this.#county!;
    const head = await numberEvents(this.#db, county);
    while (this.#position < head) {
      let events = await eventsAfter(this.#db, county, this.#position, PAGE);
      // Positions have no gaps: what is missing was pruned before this process, stopped for days, came to read it.
      if (events[0]?.position !== this.#position + 1) {
        this.#ring = new Ring(RING, head);
        events = [{ position: head, at: this.#clock().toISOString(), kind: 'reloaded', area: null, payload: null }];
      } else {
        this.#ring!.push(events);
      }
      this.#position = events.at(-1)!.position;
      for (const listener of this.#listeners) listener(events);
    }
  }
}
