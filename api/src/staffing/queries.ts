import type { Absence, Assignment, Staff, Worker } from '@wangge/geodata/county/county';
import { sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';

export type AssignmentRow = Assignment & { readonly id: number };

/** Who works where, over all time; null where the county has given no workers. */
export async function staffRows(
  queries: Queries,
  county: string,
): Promise<(Omit<Staff, 'assignments'> & { readonly assignments: readonly AssignmentRow[] }) | null> {
  const workers = await queries.rows<Worker>(sql`
    SELECT id, code, kind, NULL AS work_phone, village_code FROM worker WHERE county_code = ${county} ORDER BY id`);
  if (workers.length === 0) return null;
  const assignments = await queries.rows<AssignmentRow>(sql`
    SELECT id, worker_id, grid_id, duty, from_day AS "from", to_day AS "to"
    FROM assignment WHERE county_code = ${county} ORDER BY id`);
  const absences = await queries.rows<Absence>(sql`
    SELECT worker_id, reason, from_day AS "from", to_day AS "to"
    FROM absence WHERE county_code = ${county} ORDER BY id`);
  return { workers, assignments, absences };
}
