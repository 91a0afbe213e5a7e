/** At which version all the data stands: one cheap statement, before any answer. */
import type { IsoDay } from '@wangge/geodata/county/county';
import { type SQL, sql } from 'drizzle-orm';
import type { Database, Queries } from '../db/database.ts';
import { Problem } from '../http/problem.ts';
import { numberEvents } from '../live/queries.ts';
import { dayOf } from './day.ts';

export interface DataVersion {
  readonly county: string;
  readonly time_zone: string;
  /** Of divisions, grids, staff, dwellings and centres together; changes with every write to one of them. */
  readonly ground: string;
  /** Head of the editions. */
  readonly edition: number;
  /** Of incidents: the live position of the last write to one. */
  readonly incidents: number;
  /** The live position at which all of it stands. */
  readonly position: number;
  /** Today in the county: whom an assignment binds and who is away changes with it. */
  readonly today: IsoDay;
}

interface Row {
  readonly code: string;
  readonly time_zone: string;
  readonly loaded: string;
  readonly edition: number | null;
  readonly ground: number;
  readonly incidents: number;
  readonly position: number;
  readonly waiting: boolean;
}

/** Reads one row of each table: the statement stands before most answers. */
const statement: SQL = sql`
  SELECT c.code, c.time_zone, extract(epoch FROM c.loaded_at)::text AS loaded,
    (SELECT max(e.n) FROM edition e WHERE e.county_code = c.code) AS edition,
    h.ground, h.incidents, h.position,
    EXISTS (SELECT FROM live_event e WHERE e.county_code = c.code AND e.position IS NULL) AS waiting
  FROM county c JOIN live_head h ON h.county_code = c.code ORDER BY c.code LIMIT 1`;

const versionOf = (row: Row | undefined, now: Date): DataVersion => {
  if (!row || row.edition === null) {
    throw new Problem('no-county', '数据库里还没有县域数据：请装入县域后再试。', [], { 'retry-after': '5' });
  }
  return {
    county: row.code,
    time_zone: row.time_zone,
    ground: `${row.loaded}.${row.ground}-${row.edition}`,
    edition: row.edition,
    incidents: row.incidents,
    position: row.position,
    today: dayOf(now, row.time_zone),
  };
};

/**
 * The version of all that is committed; what was committed without a position is given one first.
 * @throws Problem 503 where no county is loaded.
 */
export async function readVersion(db: Queries, now: Date): Promise<DataVersion> {
  let [row] = await db.rows<Row>(statement);
  if (row?.waiting) {
    await numberEvents(db, row.code);
    [row] = await db.rows<Row>(statement);
  }
  return versionOf(row, now);
}

/**
 * The version of what a snapshot shows, by the positions that it shows: content may be newer than they tell, never older.
 * @param snapshot an open transaction of isolation level REPEATABLE READ
 * @throws Problem 503 where no county is loaded.
 */
export async function versionShown(snapshot: Queries, now: Date): Promise<DataVersion> {
  const [row] = await snapshot.rows<Row>(statement);
  return versionOf(row, now);
}

/**
 * Reads for many at once. A caller never gets what was read before it asked, so a client that has just written sees its
 * write; all who ask while one read is under way share the next one.
 */
export function versionReader(db: Database, clock: () => Date): () => Promise<DataVersion> {
  let running: Promise<unknown> | null = null;
  let next: Promise<DataVersion> | null = null;
  const start = (): Promise<DataVersion> => {
    const read = readVersion(db, clock());
    const settled = read.then(
      () => {},
      () => {},
    );
    running = settled;
    settled.then(() => {
      if (running === settled) running = null;
    });
    return read;
  };
  return () => {
    if (!running) return start();
    next ??= running.then(() => {
      next = null;
      return start();
    });
    return next;
  };
}
