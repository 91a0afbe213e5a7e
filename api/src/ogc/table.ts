/** A collection that is large: each page is read from the database by key, so that page n costs what page 1 costs. */
import { type SQL, sql } from 'drizzle-orm';
import type { DataVersion } from '../county/version.ts';
import type { Queries } from '../db/database.ts';
import { invalidParameter } from '../http/problem.ts';
import type { Box, Collection, Extent, Filter, ItemsQuery, Page, Property } from './collection.ts';

/** A property with its SQL. All fragments are constants of ours. */
export interface TableProperty extends Property {
  /** The value, comparable with a filter's. */
  readonly column: SQL;
}

export interface TableOptions {
  readonly about: Pick<Collection, 'id' | 'title' | 'description' | 'geometry' | 'time'>;
  readonly properties: readonly TableProperty[];
  /** `FROM` and its joins; the county's code is `county`. */
  readonly from: (county: string) => SQL;
  /** What always holds, e.g. the county. */
  readonly where: (county: string) => SQL;
  /** Integer key in whose order pages go; also the feature's id. */
  readonly key: SQL;
  readonly geom: SQL;
  /** Instants of a feature; null where it has no time. */
  readonly instant: SQL | null;
  tag(version: DataVersion): string;
  extent(version: DataVersion): Promise<Extent>;
}

/** Counts are the costly part of a page and the same on every page of a version. */
const COUNTS_KEPT = 256;

const LAST_KEY = 2 ** 53 - 1;

/** JSON of a value, as a feature prints it: instants in UTC to the second. */
function printed({ type, column }: TableProperty): SQL {
  return type === 'date-time' ? sql`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')` : column;
}

function inBox(geom: SQL, [west, south, east, north]: Box): SQL {
  return sql`ST_Intersects(${geom}, ST_MakeEnvelope(${west}, ${south}, ${east}, ${north}, 4326))`;
}

function equals(filter: Filter, column: SQL): SQL {
  const { value } = filter;
  switch (filter.property.type) {
    case 'integer':
      return sql`${column} = ${value}::bigint`;
    case 'number':
      return sql`${column} = ${value}::float8`;
    case 'boolean':
      return sql`(${column}) = ${value}::boolean`;
    case 'date':
      return sql`${column} = ${value}::date`;
    case 'date-time':
      return sql`date_trunc('second', ${column}) = ${new Date(value as number).toISOString()}::timestamptz`;
    default:
      return sql`${column} = ${value}`;
  }
}

/** The key that a feature id or cursor names; null where it can be none. */
const keyOf = (id: string): number | null => {
  const key = /^\d{1,16}$/.test(id) ? Number(id) : Number.NaN;
  return key <= LAST_KEY ? key : null;
};

export function tableCollection(queries: Queries, options: TableOptions): Collection {
  const { key, geom } = options;
  const pairs = options.properties.map((p) => sql`${sql.raw(`'${p.name}'`)}, ${printed(p)}`);
  const feature = sql`'{"type":"Feature","id":"' || ${key} || '","geometry":' || coalesce(ST_AsGeoJSON(${geom}, 7), 'null')
    || ',"properties":' || json_build_object(${sql.join(pairs, sql`, `)})::text || '}'`;
  const column = new Map(options.properties.map((p) => [p.name, p.column]));
  const counts = new Map<string, Promise<number>>();

  const where = (version: DataVersion, query: ItemsQuery): SQL => {
    const conditions = [options.where(version.county)];
    if (query.boxes) {
      conditions.push(
        sql`(${sql.join(
          query.boxes.map((box) => inBox(geom, box)),
          sql` OR `,
        )})`,
      );
    }
    if (query.interval && options.instant) {
      const { start, end } = query.interval;
      if (start !== null) conditions.push(sql`${options.instant} >= ${new Date(start).toISOString()}::timestamptz`);
      if (end !== null) conditions.push(sql`${options.instant} < ${new Date(end).toISOString()}::timestamptz`);
    }
    for (const filter of query.filters) conditions.push(equals(filter, column.get(filter.property.name)!));
    return sql.join(conditions, sql` AND `);
  };

  const matched = (version: DataVersion, query: ItemsQuery): Promise<number> => {
    const { boxes, interval, filters } = query;
    const name = JSON.stringify([
      options.tag(version),
      boxes,
      interval,
      filters.map((f) => [f.property.name, f.value]),
    ]);
    let count = counts.get(name);
    if (!count) {
      count = queries
        .rows<{ n: number }>(
          sql`SELECT count(*) AS n FROM ${options.from(version.county)} WHERE ${where(version, query)}`,
        )
        .then(([row]) => row!.n);
      count.catch(() => counts.delete(name));
      if (counts.size >= COUNTS_KEPT) counts.delete(counts.keys().next().value!);
      counts.set(name, count);
    }
    return count;
  };

  return {
    ...options.about,
    properties: options.properties.map(({ name, type, description }) => ({ name, type, description })),
    kept: false,
    tag: options.tag,
    extent: options.extent,
    async page(version, query): Promise<Page> {
      const after = query.cursor === null ? null : keyOf(query.cursor);
      if (query.cursor !== null && after === null) throw invalidParameter('cursor', '请照抄上一页 next 链接里的值');
      const total = await matched(version, query);
      const rows = await queries.rows<{ key: number; feature: string }>(sql`
        SELECT ${key} AS key, ${feature} AS feature FROM ${options.from(version.county)}
        WHERE ${where(version, query)}${after === null ? sql`` : sql` AND ${key} > ${after}::bigint`}
        ORDER BY ${key} LIMIT ${query.limit + 1}${query.offset > 0 ? sql` OFFSET ${query.offset}` : sql``}`);
      const shown = rows.slice(0, query.limit);
      return {
        matched: total,
        features: shown.map((row) => Buffer.from(row.feature)),
        next: rows.length > shown.length ? String(shown.at(-1)!.key) : null,
      };
    },
    async item(version, id) {
      const wanted = keyOf(id);
      if (wanted === null || String(wanted) !== id) return null;
      const [row] = await queries.rows<{ feature: string }>(sql`
        SELECT ${feature} AS feature FROM ${options.from(version.county)}
        WHERE ${options.where(version.county)} AND ${key} = ${wanted}::bigint`);
      return row?.feature ?? null;
    },
  };
}
