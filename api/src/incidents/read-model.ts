/**
 * The incidents of the county in memory, as columns. Loaded by one COPY, then kept up to date by the events of the feed.
 * Rebuilt from the database at any time they are the same, byte for byte.
 */
import { applyChanges, buildColumns, type Dictionary, type IncidentRecord } from '@wangge/geodata/incidents/build';
import type { IncidentColumns } from '@wangge/geodata/incidents/columns';
import { recordOf } from '@wangge/geodata/incidents/wire';
import { sql } from 'drizzle-orm';
import type { Ground } from '../county/ground.ts';
import { versionShown } from '../county/version.ts';
import type { Database } from '../db/database.ts';
import { type Feed, RING } from '../live/feed.ts';
import type { LiveEvent } from '../live/queries.ts';
import { CopiedRows } from './pgcopy.ts';
import { type CopiedIncident, copyOfIncidents } from './queries.ts';

/** Columns, and the live position at which they stand. They never change: a write makes new ones. */
export interface IncidentsAt {
  readonly columns: IncidentColumns;
  readonly asOf: number;
}

/** @param changed the records that took the place of others or were added, each id once; null where all was read anew */
export type IncidentsListener = (
  before: IncidentsAt,
  after: IncidentsAt,
  changed: readonly IncidentRecord[] | null,
) => void;

const FIELDS = 11;

/** The rows of a binary copy of `copyOfIncidents`. */
function* readCopied(bytes: Uint8Array): Generator<CopiedIncident> {
  const rows = new CopiedRows(bytes);
  while (rows.next(FIELDS)) {
    yield {
      id: rows.integer()!,
      occurred_at: rows.integer()!,
      lon: rows.integer(),
      lat: rows.integer(),
      grid_id: rows.integer(),
      village_code: rows.word(),
      township_code: rows.word(),
      category: rows.word()!,
      kind: rows.word() as CopiedIncident['kind'],
      urgency: rows.word() as CopiedIncident['urgency'],
      state: rows.word() as CopiedIncident['state'],
    };
  }
}

export class IncidentReadModel {
  readonly #db: Database;
  readonly #feed: Feed;
  readonly #clock: () => Date;
  readonly #listeners = new Set<IncidentsListener>();
  #at: IncidentsAt | null = null;
  #dictionary: Dictionary = { areas: [], categories: [] };
  #dictionaryKey = '';
  #ground: Ground | null = null;
  /** One advance at a time; each begins where the one before it ended. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(db: Database, feed: Feed, clock: () => Date) {
    this.#db = db;
    this.#feed = feed;
    this.#clock = clock;
  }

  /** Calls `listener` after each change of the columns. */
  listen(listener: IncidentsListener): void {
    this.#listeners.add(listener);
  }

  /**
   * The columns at a live position or later.
   * @param ground gives the dictionary: the county's divisions and categories
   */
  async advance(ground: Ground, position: number): Promise<IncidentsAt> {
    if (this.#at !== null && this.#at.asOf >= position && ground === this.#ground) return this.#at;
    const step = this.#queue.then(() => this.#advance(ground, position));
    this.#queue = step.catch(() => {});
    return await step;
  }

  /**
   * The columns with all that the feed has read, without asking the database; null where that takes a look at it: they
   * are not loaded yet, or more has happened than memory holds.
   */
  current(ground: Ground): IncidentsAt | null {
    if (this.#at === null || ground !== this.#ground) return null;
    const events = this.#feed.recent(this.#at.asOf);
    return events !== null && this.#apply(events) ? this.#at : null;
  }

  async #advance(ground: Ground, position: number): Promise<IncidentsAt> {
    const key = ground === this.#ground ? this.#dictionaryKey : dictionaryKey(ground);
    this.#ground = ground;
    const { county } = ground.version;
    if (this.#at === null || this.#dictionaryKey !== key) {
      this.#dictionary = {
        areas: ground.divisions.map((d) => d.code),
        categories: ground.county.categories.map((c) => c.code),
      };
      this.#dictionaryKey = key;
      return await this.#load(county);
    }
    if (this.#at.asOf >= position) return this.#at;
    await this.#feed.reach(county, position);
    const events = await this.#feed.since(county, this.#at.asOf, RING);
    // A single COPY is faster than thousands of events.
    return events !== null && this.#apply(events) ? this.#at : await this.#load(county);
  }

  /** @returns false where the columns must be read anew */
  #apply(events: readonly LiveEvent[]): boolean {
    const before = this.#at!;
    const last = events.at(-1);
    if (last === undefined) return true;
    if (events.some(({ kind }) => kind === 'reloaded')) return false;
    // The last word on each incident counts.
    const changed = new Map<number, IncidentRecord>();
    for (const { payload } of events) if (payload) changed.set(payload.id, recordOf(payload));
    const records = [...changed.values()];
    const after = { columns: applyChanges(before.columns, records), asOf: last.position };
    this.#at = after;
    if (records.length > 0) for (const listener of this.#listeners) listener(before, after, records);
    return true;
  }

  async #load(county: string): Promise<IncidentsAt> {
    const before = this.#at;
    this.#at = null;
    // Before the snapshot, so that memory holds whatever follows it.
    await this.#feed.reach(county, 0);
    const { bytes, asOf } = await this.#db.transaction(async (tx) => {
      await tx.run(sql`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY`);
      const { position } = await versionShown(tx, this.#clock());
      return { bytes: await tx.copyOut(copyOfIncidents(county), 'binary'), asOf: position };
    });
    const records = function* (): Generator<IncidentRecord> {
      for (const row of readCopied(bytes)) yield recordOf(row);
    };
    const after = { columns: buildColumns(records(), this.#dictionary), asOf };
    this.#at = after;
    if (before) for (const listener of this.#listeners) listener(before, after, null);
    return after;
  }
}

/** Staff may change without a reload of the incidents; divisions and categories may not. */
const dictionaryKey = (ground: Ground): string =>
  JSON.stringify([
    ground.version.county,
    ground.divisions.map((d) => d.code),
    ground.county.categories.map((c) => c.code),
  ]);
