/** At which version all the data stands: one cheap statement, before any answer. */
import type { IsoDay } from '@wangge/geodata/county/county';
import { type SQL, sql } from 'drizzle-orm';
import type { Database, Queries } from '../db/database.ts';
import { Problem } from '../http/problem.ts';
import { dayOf } from './day.ts';

export interface DataVersion {
  readonly county: string;
  readonly time_zone: string;
  /** Of divisions, grids, staff, dwellings and centres together; changes with every write to one of them. */
  readonly ground: string;
  /** Head of the editions. */
  readonly edition: number;
  /** Of incidents: the greatest revision that is committed. */
  readonly revision: number;
  /** Today in the county: whom an assignment binds and who is away changes with it. */
  readonly today: IsoDay;
}

interface Row {
  readonly code: string;
  readonly time_zone: string;
  readonly ground: string;
  readonly edition: number | null;
  readonly revision: number;
}

/**
 * Assignments and absences are appended and closed, never deleted, so that their greatest id and the number of those
 * closed change with every write. Everything else of the ground is written by the loader and by publishing an edition.
 * Each part reads an index or counts few rows: the statement stands before every answer.
 */
const statement: SQL = sql`
  SELECT c.code, c.time_zone,
    concat_ws('.', extract(epoch FROM c.loaded_at),
      (SELECT max(a.id) FROM assignment a WHERE a.county_code = c.code),
      (SELECT count(*) FROM assignment a WHERE a.county_code = c.code AND a.to_day IS NOT NULL),
      (SELECT max(b.id) FROM absence b WHERE b.county_code = c.code),
      (SELECT count(*) FROM absence b WHERE b.county_code = c.code AND b.to_day IS NOT NULL)) AS ground,
    (SELECT max(e.n) FROM edition e WHERE e.county_code = c.code) AS edition,
    (SELECT coalesce(max(i.revision), 0) FROM incident i WHERE i.county_code = c.code) AS revision
  FROM county c ORDER BY c.code LIMIT 1`;

/** @throws Problem 503 where no county is loaded. */
export async function readVersion(queries: Queries, now: Date): Promise<DataVersion> {
  const [row] = await queries.rows<Row>(statement);
  if (!row || row.edition === null) {
    throw new Problem('no-county', '数据库里还没有县域数据：请装入县域后再试。', [], { 'retry-after': '5' });
  }
  return {
    county: row.code,
    time_zone: row.time_zone,
    ground: `${row.ground}-${row.edition}`,
    edition: row.edition,
    revision: row.revision,
    today: dayOf(now, row.time_zone),
  };
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
