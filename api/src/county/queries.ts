import type { Category } from '@wangge/geodata/county/county';
import { sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';

export interface CountyRow {
  readonly code: string;
  readonly name: string;
  readonly name_en: string;
  readonly time_zone: string;
  readonly code_scheme: string;
  readonly source_line: string;
  readonly origin: 'demonstration' | 'real';
  readonly categories: readonly Category[];
  readonly anchor_day: string | null;
  readonly edition: number;
  readonly effective_on: string;
  readonly published_at: string;
}

/** The county with the head of its editions; undefined where it has none. */
export async function countyRow(queries: Queries, county: string): Promise<CountyRow | undefined> {
  const rows = await queries.rows<CountyRow>(sql`
    SELECT c.code, c.name, c.name_en, c.time_zone, c.code_scheme, c.source_line, c.origin, c.categories, c.anchor_day,
      e.n AS edition, e.effective_on, e.published_at
    FROM county c JOIN edition e ON e.county_code = c.code
    WHERE c.code = ${county} ORDER BY e.n DESC LIMIT 1`);
  return rows[0];
}
