import type { DivisionLevel } from '@wangge/geodata/county/county';
import { sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';

export interface CentreRow {
  readonly id: number;
  readonly name: string;
  readonly level: DivisionLevel;
  readonly division_code: string;
  readonly fengqiao: boolean;
  readonly lon: number;
  readonly lat: number;
}

export const centreRows = (queries: Queries, county: string): Promise<CentreRow[]> =>
  queries.rows(sql`
    SELECT id, name, level, division_code, fengqiao, ST_X(geom) AS lon, ST_Y(geom) AS lat
    FROM centre WHERE county_code = ${county} ORDER BY id`);
