import { sql } from 'drizzle-orm';
import type { Database } from '../db/database.ts';

/**
 * Runs `work` where no other process does the same on this database: two API processes on one PostgreSQL must not both
 * invent reports. The seat is a lock of a transaction that stays open, as a session's lock would not survive a pooler;
 * it holds no snapshot between its statements and falls free when the process ends, however it ends.
 * The embedded database belongs to one process anyway.
 *
 * @param work is given a check to call at least every half minute; it rejects once the seat is lost
 * @returns false, without calling `work`, where the seat is taken
 */
export async function withSeat(
  db: Database,
  work: (stillSeated: () => Promise<void>) => Promise<void>,
): Promise<boolean> {
  if (db.engine === 'embedded') {
    await work(async () => {});
    return true;
  }
  return await db.transaction(async (tx) => {
    const [seat] = await tx.rows<{ taken: boolean }>(
      sql`SELECT pg_try_advisory_xact_lock(hashtext('wangge demonstration')) AS taken`,
    );
    if (!seat?.taken) return false;
    await work(async () => {
      await tx.rows(sql`SELECT 1 AS seated`);
    });
    return true;
  });
}
