/** SQL of the pages of incidents. */
import type { IncidentFilter } from '@wangge/geodata/incidents/filter';
import { ENDED, type Kind, type Precision, type State, type Urgency } from '@wangge/geodata/incidents/incident';
import { type SQL, sql } from 'drizzle-orm';
import type { Window } from '../county/window.ts';
import type { Queries } from '../db/database.ts';
import type { Order, Position, Sort } from './cursor.ts';

/** An incident as a page shows it. Instants are whole seconds since 1970, lon and lat lattice integers of 1e-7°. */
export interface ListedRow {
  readonly id: number;
  readonly source: string;
  readonly external_id: string;
  readonly kind: Kind;
  readonly category: string;
  readonly urgency: Urgency;
  readonly state: State;
  readonly occurred_at: number;
  readonly reported_at: number;
  readonly state_at: number;
  readonly precision: Precision;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly grid_id: number | null;
  readonly village_code: string | null;
  readonly township_code: string | null;
}

/** Grids and divisions of an area, by the rule of `rowsWithin`. */
export interface WithinArea {
  /** Ids of its grids. */
  readonly grids: readonly number[];
  /** Codes of it and the divisions below; empty for a grid. */
  readonly divisions: readonly string[];
  /** Ids of all grids of the county: one that is not among them counts by its division. */
  readonly known: readonly number[];
}

export interface PageQuery {
  readonly window: Window;
  readonly filter: IncidentFilter;
  /** Null: any. */
  readonly precisions: readonly Precision[] | null;
  /** Null: the whole county. */
  readonly area: WithinArea | null;
  /** Ids among which all matches are, where that is known and they are few; null otherwise. */
  readonly ids: readonly number[] | null;
  readonly sort: Sort;
  readonly order: Order;
  readonly after: Position | null;
  readonly limit: number;
}

/** Columns of `ListedRow`, of `incident i`. */
export const LISTED = sql.raw(`
  i.id, i.source, i.external_id, i.kind, i.category, i.urgency, i.state,
  floor(extract(epoch FROM i.occurred_at))::int8 AS occurred_at,
  floor(extract(epoch FROM i.reported_at))::int8 AS reported_at,
  floor(extract(epoch FROM i.state_at))::int8 AS state_at,
  i.precision, round(ST_X(i.geom) * 1e7)::int8 AS lon, round(ST_Y(i.geom) * 1e7)::int8 AS lat,
  i.grid_id, i.village_code, i.township_code`);

const ENDED_WORDS = [...ENDED];

/** The page, in order. `at` is the position of each row. */
export function incidentPage(
  queries: Queries,
  county: string,
  { window, filter, precisions, area, ids, sort, order, after, limit }: PageQuery,
): Promise<(ListedRow & { readonly at: number })[]> {
  const conditions: SQL[] = [
    sql`i.county_code = ${county}`,
    sql`i.occurred_at >= to_timestamp(${window.from}) AND i.occurred_at < to_timestamp(${window.to})`,
  ];
  const among = (column: string, words: readonly string[] | null) => {
    if (words !== null) conditions.push(sql`${sql.raw(column)} = ANY(${sql.param(words)}::text[])`);
  };
  among('i.kind', filter.kinds);
  among('i.category', filter.categories);
  among('i.urgency', filter.urgencies);
  among('i.state', filter.states);
  among('i.precision', precisions);
  if (filter.open !== null) {
    const open = sql`(i.kind <> 'collection' AND i.state <> ALL(${sql.param(ENDED_WORDS)}::text[]))`;
    conditions.push(filter.open ? open : sql`NOT ${open}`);
  }
  if (area !== null) {
    const inGrid = sql`i.grid_id = ANY(${sql.param(area.grids)}::int[])`;
    const byDivision = sql`((i.grid_id IS NULL OR i.grid_id <> ALL(${sql.param(area.known)}::int[]))
      AND coalesce(i.village_code, i.township_code) = ANY(${sql.param(area.divisions)}::text[]))`;
    conditions.push(area.divisions.length === 0 ? inGrid : sql`(${inGrid} OR ${byDivision})`);
  }
  if (ids !== null) conditions.push(sql`i.id = ANY(${sql.param(ids)}::bigint[])`);
  const column = sql.raw(`i.${sort}`);
  const direction = sql.raw(order);
  if (after !== null) {
    const beyond = sql.raw(order === 'desc' ? '<' : '>');
    conditions.push(
      sql`(${column}, i.id) ${beyond} ('epoch'::timestamptz + ${after.at}::int8 * interval '1 microsecond', ${after.id}::int8)`,
    );
  }
  return queries.rows(sql`
    SELECT ${LISTED}, (extract(epoch FROM ${column}) * 1000000)::int8 AS at
    FROM incident i WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY ${column} ${direction}, i.id ${direction} LIMIT ${limit}`);
}
