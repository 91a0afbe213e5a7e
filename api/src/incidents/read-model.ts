/**
 * The incidents of the county in memory, as columns. Loaded by one COPY, then kept up to date by reading only what was
 * written after the revision at which they stand. Today a request asks for that; later the feed will, by calling
 * `advance` when it hears of a write.
 */
import { applyChanges, buildColumns, type Dictionary, type IncidentRecord } from '@wangge/geodata/incidents/build';
import type { IncidentColumns } from '@wangge/geodata/incidents/columns';
import type { Ground } from '../county/ground.ts';
import type { Database } from '../db/database.ts';
import { CopiedRows } from './pgcopy.ts';
import { copyOfIncidents, incidentsAfter, type RevisedIncident, recordOf } from './queries.ts';

/** Columns, and the incident revision at which they stand. They never change: a write makes new ones. */
export interface IncidentsAt {
  readonly columns: IncidentColumns;
  readonly asOf: number;
}

/** When more than this was written since, one COPY is faster than reading the rows. */
const RELOAD_ABOVE = 5000;

const FIELDS = 12;

/** The rows of a binary copy of `copyOfIncidents`. */
function* readCopied(bytes: Uint8Array): Generator<RevisedIncident> {
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
      kind: rows.word() as RevisedIncident['kind'],
      urgency: rows.word() as RevisedIncident['urgency'],
      state: rows.word() as RevisedIncident['state'],
      revision: rows.integer()!,
    };
  }
}

export class IncidentReadModel {
  #at: IncidentsAt | null = null;
  #dictionary: Dictionary = { areas: [], categories: [] };
  #dictionaryKey = '';
  #ground: Ground | null = null;
  /** One advance at a time; each begins where the one before it ended. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(readonly db: Database) {}

  /**
   * The columns at `revision` or later.
   * @param ground gives the dictionary: the county's divisions and categories
   */
  async advance(ground: Ground, revision: number): Promise<IncidentsAt> {
    const step = this.#queue.then(() => this.#advance(ground, revision));
    this.#queue = step.catch(() => {});
    return await step;
  }

  async #advance(ground: Ground, revision: number): Promise<IncidentsAt> {
    const key = ground === this.#ground ? this.#dictionaryKey : dictionaryKey(ground);
    this.#ground = ground;
    if (this.#at === null || this.#dictionaryKey !== key) {
      this.#dictionary = {
        areas: ground.divisions.map((d) => d.code),
        categories: ground.county.categories.map((c) => c.code),
      };
      this.#dictionaryKey = key;
      this.#at = null;
      this.#at = await this.#load(ground.version.county);
    }
    if (this.#at.asOf >= revision) return this.#at;
    const changed = await incidentsAfter(this.db, ground.version.county, this.#at.asOf, RELOAD_ABOVE + 1);
    if (changed.length > RELOAD_ABOVE) this.#at = await this.#load(ground.version.county);
    else if (changed.length > 0) {
      this.#at = {
        columns: applyChanges(this.#at.columns, changed.map(recordOf)),
        asOf: changed.at(-1)!.revision,
      };
    }
    return this.#at;
  }

  async #load(county: string): Promise<IncidentsAt> {
    const bytes = await this.db.copyOut(copyOfIncidents(county), 'binary');
    let asOf = 0;
    const records = function* (): Generator<IncidentRecord> {
      for (const row of readCopied(bytes)) {
        if (row.revision > asOf) asOf = row.revision;
        yield recordOf(row);
      }
    };
    const columns = buildColumns(records(), this.#dictionary);
    return { columns, asOf };
  }
}

/** Staff may change without a reload of the incidents; divisions and categories may not. */
const dictionaryKey = (ground: Ground): string =>
  JSON.stringify([
    ground.version.county,
    ground.divisions.map((d) => d.code),
    ground.county.categories.map((c) => c.code),
  ]);
