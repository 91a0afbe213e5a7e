/** SQL of the outbox. Triggers write it (migrations/0001_live.sql); here it is numbered, read and pruned. */
import type { WireIncident } from '@wangge/geodata/incidents/wire';
import { type SQL, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';

/** An event that has its position. Positions are whole numbers without gaps, in the order in which commits became visible. */
export type LiveEvent = { readonly position: number /** RFC 3339, UTC. */; readonly at: string } & (
  | { readonly kind: 'incident'; readonly area: string | null; readonly payload: WireIncident }
  /** Too many incidents changed to be told one by one, or some were taken away: read them all again. */
  | { readonly kind: 'reloaded'; readonly area: null; readonly payload: null }
  /** Divisions, grids, staff, dwellings or centres changed. */
  | { readonly kind: 'ground'; readonly area: null; readonly payload: null }
);

/**
 * Gives positions to what is committed and has none yet. Positions are given after the commit and one caller at a time,
 * so that a transaction that commits late comes late in the order instead of being skipped, and none waits for it.
 * @param queries no open transaction: others would wait for its end
 * @returns the head: the greatest position
 */
export async function numberEvents(queries: Queries, county: string): Promise<number> {
  const [row] = await queries.rows<{ head: number }>(sql`SELECT number_live_events(${county}) AS head`);
  return row!.head;
}

/** The events after a position, in order, at most `limit`. Those that are pruned are missing: ask `prunedTo` afterwards. */
export const eventsAfter = (queries: Queries, county: string, position: number, limit: number): Promise<LiveEvent[]> =>
  queries.rows(sql`
    SELECT position, at, kind, area, payload FROM live_event
    WHERE county_code = ${county} AND position > ${position}
    ORDER BY position LIMIT ${limit}`);

/** Events up to this position are no longer kept. */
export async function prunedTo(queries: Queries, county: string): Promise<number> {
  const [row] = await queries.rows<{ pruned: number }>(sql`SELECT pruned FROM live_head WHERE county_code = ${county}`);
  return row?.pruned ?? 0;
}

/**
 * Drops the events that are older than an age, save those that wait for a position.
 * @param before RFC 3339
 */
export async function pruneEvents(tx: Queries, county: string, before: Date): Promise<void> {
  const old: SQL = sql`county_code = ${county} AND position IS NOT NULL AND at < ${before.toISOString()}::timestamptz`;
  // In this order a reader that finds events missing finds the mark as well.
  await tx.run(sql`
    UPDATE live_head SET pruned = greatest(pruned, (SELECT max(position) FROM live_event WHERE ${old}))
    WHERE county_code = ${county}`);
  await tx.run(sql`
    DELETE FROM live_event WHERE county_code = ${county}
      AND position <= (SELECT pruned FROM live_head WHERE county_code = ${county})`);
}
