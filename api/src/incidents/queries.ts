/** SQL of incidents. Triggers announce every write to them (migrations/0001_live.sql). */
import type { Kind, Precision, State, Urgency } from '@wangge/geodata/incidents/incident';
import type { WireIncident } from '@wangge/geodata/incidents/wire';
import { sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';

/**
 * Keeps the editions as they are until the transaction ends, so that what is written lies in grids of the head. Any
 * number of writers hold it at once; whoever publishes an edition takes the same lock for himself alone.
 */
export async function holdEdition(tx: Queries): Promise<void> {
  await tx.rows(sql`SELECT pg_advisory_xact_lock_shared(hashtext('wangge edition'))::text AS held`);
}

/** An incident as it is stored and compared. Instants are whole seconds, lattice coordinates of 1e-7°. */
export interface StoredIncident {
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
  readonly given_crs: '4490' | 'gcj02' | 'bd09' | null;
  readonly given_lon: number | null;
  readonly given_lat: number | null;
  readonly grid_id_then: number | null;
  readonly grid_id: number | null;
  readonly village_code: string | null;
  readonly township_code: string | null;
}

const seconds = (column: string) =>
  sql`floor(extract(epoch FROM ${sql.raw(column)}))::int8 AS ${sql.raw(column.replace('i.', ''))}`;

/**
 * The stored incidents of (source, external_id) pairs, locked until the transaction ends. They are locked in the order
 * of their keys: two batches that share some wait for each other instead of dead-locking.
 */
export const incidentsByKey = (
  tx: Queries,
  county: string,
  keys: readonly { source: string; external_id: string }[],
): Promise<StoredIncident[]> =>
  tx.rows(sql`
    SELECT i.id, i.source, i.external_id, i.kind, i.category, i.urgency, i.state,
      ${seconds('i.occurred_at')}, ${seconds('i.reported_at')}, ${seconds('i.state_at')}, i.precision,
      round(ST_X(i.geom) * 1e7)::int8 AS lon, round(ST_Y(i.geom) * 1e7)::int8 AS lat,
      i.given_crs, i.given_lon, i.given_lat, i.grid_id_then, i.grid_id, i.village_code, i.township_code
    FROM jsonb_to_recordset(${JSON.stringify(keys)}::text::jsonb) AS k (source text, external_id text)
    JOIN incident i ON i.county_code = ${county} AND i.source = k.source AND i.external_id = k.external_id
    ORDER BY i.source, i.external_id FOR UPDATE OF i`);

/** The record as SQL sees it, from JSON. */
const record = (rows: readonly object[]) => sql`jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) AS r (
  id bigint, source text, external_id text, kind text, category text, urgency text, state text,
  occurred_at bigint, reported_at bigint, state_at bigint, precision text, lon bigint, lat bigint,
  given_crs text, given_lon float8, given_lat float8, grid_id_then integer, grid_id integer,
  village_code text, township_code text)`;

const point = sql`CASE WHEN r.lon IS NULL THEN NULL ELSE ST_SetSRID(ST_MakePoint(r.lon / 1e7::float8, r.lat / 1e7::float8), 4326) END`;

/**
 * Inserts new incidents, in the order of their keys for the same reason as above.
 * @returns their ids by key; a key that another writer has inserted meanwhile is missing
 */
export const insertIncidents = (
  tx: Queries,
  county: string,
  rows: readonly Omit<StoredIncident, 'id'>[],
): Promise<{ id: number; source: string; external_id: string }[]> =>
  tx.rows(sql`
    INSERT INTO incident (county_code, source, external_id, kind, category, urgency, state, occurred_at, reported_at,
      state_at, precision, geom, given_crs, given_lon, given_lat, grid_id_then, grid_id, village_code, township_code)
    SELECT ${county}, r.source, r.external_id, r.kind, r.category, r.urgency, r.state, to_timestamp(r.occurred_at),
      to_timestamp(r.reported_at), to_timestamp(r.state_at), r.precision, ${point}, r.given_crs, r.given_lon,
      r.given_lat, r.grid_id_then, r.grid_id, r.village_code, r.township_code
    FROM ${record(rows)} ORDER BY r.source, r.external_id
    ON CONFLICT (county_code, source, external_id) DO NOTHING
    RETURNING id, source, external_id`);

/** Brings stored incidents to a new state; every one must be there. */
export const updateIncidents = (tx: Queries, county: string, rows: readonly StoredIncident[]): Promise<number> =>
  tx.run(
    sql`
    UPDATE incident i SET kind = r.kind, category = r.category, urgency = r.urgency, state = r.state,
      occurred_at = to_timestamp(r.occurred_at), reported_at = to_timestamp(r.reported_at),
      state_at = to_timestamp(r.state_at), precision = r.precision, geom = ${point}, given_crs = r.given_crs,
      given_lon = r.given_lon, given_lat = r.given_lat, grid_id_then = r.grid_id_then, grid_id = r.grid_id,
      village_code = r.village_code, township_code = r.township_code
    FROM ${record(rows)}
    WHERE i.county_code = ${county} AND i.id = r.id`,
    rows.length,
  );

export interface Flow {
  readonly incident_id: number;
  readonly from_state: State | null;
  readonly to_state: State;
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly at: number;
}

/** Appends to the history of incidents, at most one step each. */
export const appendFlows = (tx: Queries, county: string, flows: readonly Flow[]): Promise<number> =>
  tx.run(
    sql`
    INSERT INTO incident_flow (county_code, incident_id, seq, from_state, to_state, at)
    SELECT ${county}, f.incident_id,
      1 + (SELECT coalesce(max(p.seq), 0) FROM incident_flow p
           WHERE p.county_code = ${county} AND p.incident_id = f.incident_id),
      f.from_state, f.to_state, to_timestamp(f.at)
    FROM jsonb_to_recordset(${JSON.stringify(flows)}::text::jsonb) AS f
      (incident_id bigint, from_state text, to_state text, at bigint)`,
    flows.length,
  );

/** Head edition, as the open transaction sees it. */
export async function headEdition(tx: Queries, county: string): Promise<number> {
  const [row] = await tx.rows<{ edition: number }>(
    sql`SELECT max(n) AS edition FROM edition WHERE county_code = ${county}`,
  );
  return row!.edition;
}

/** All incidents for the read model, in the column order that `readCopied` expects. `COPY` takes no parameters. */
export const copyOfIncidents = (county: string): string => `
  SELECT id, floor(extract(epoch FROM occurred_at))::int8, round(ST_X(geom) * 1e7)::int4, round(ST_Y(geom) * 1e7)::int4,
    grid_id, village_code, township_code, category, kind, urgency, state
  FROM incident WHERE county_code = '${county.replaceAll("'", "''")}'`;

/** A row of it. */
export type CopiedIncident = Omit<WireIncident, 'reported_at'>;
