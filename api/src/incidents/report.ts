/**
 * Taking reports in. The key is (source, external_id): the first post of a key creates an incident, a later one brings
 * its facts up to date, one that says nothing new writes nothing.
 */
import { NO_AREA } from '@wangge/geodata/incidents/columns';
import type { Ground } from '../county/ground.ts';
import type { Database, Queries } from '../db/database.ts';
import type { Tiling } from '../grids/tiling.ts';
import { fieldErrors } from '../http/errors.ts';
import type { FieldError } from '../http/problem.ts';
import { NOWHERE, type Place, placeOf, statesPlace } from './place.ts';
import {
  appendFlows,
  type Flow,
  headEdition,
  holdEdition,
  incidentsByKey,
  insertIncidents,
  type StoredIncident,
  updateIncidents,
} from './queries.ts';
import { IncidentReport, type ReportAnswer, type ReportFate } from './schema.ts';

/** Clocks differ a little; further ahead it is a mistake. */
const FUTURE_SECONDS = 600;

/** A report that can be written, as far as that can be told without the stored incident. */
interface Candidate {
  readonly index: number;
  readonly report: IncidentReport;
  /** Fields that the sender stated; what it left out stays as it is stored. */
  readonly stated: ReadonlySet<string>;
  /** Null where it says nothing about its place. */
  readonly place: Place | null;
  readonly occurred_at: number;
  readonly reported_at: number | null;
  readonly state_at: number | null;
}

const refused = (index: number, raw: unknown, errors: readonly FieldError[]): ReportFate => {
  const text = (field: string) => {
    const value = (raw as Record<string, unknown> | null)?.[field];
    return typeof value === 'string' ? value.slice(0, 128) : null;
  };
  return {
    index,
    source: text('source'),
    external_id: text('external_id'),
    fate: 'refused',
    id: null,
    grid_code: null,
    precision: null,
    errors: [...errors],
  };
};

const keyOf = (of: { readonly source: string; readonly external_id: string }): string =>
  JSON.stringify([of.source, of.external_id]);

const whole = (instant: string): number => Math.floor(Date.parse(instant) / 1000);

/** Checks what a report says by itself. */
function examine(index: number, raw: unknown, ground: Ground, tiling: Tiling, now: number): Candidate | ReportFate {
  const parsed = IncidentReport.safeParse(raw);
  if (!parsed.success) return refused(index, raw, fieldErrors(parsed.error, '/'));
  const report = parsed.data;
  const errors: FieldError[] = [];
  const occurred_at = whole(report.occurred_at);
  const reported_at = report.reported_at === undefined ? null : whole(report.reported_at);
  const state_at = report.state_at === undefined ? null : whole(report.state_at);
  if (occurred_at < 0) errors.push({ pointer: '/occurred_at', detail: '不能早于 1970 年' });
  for (const [pointer, at] of [
    ['/occurred_at', occurred_at],
    ['/reported_at', reported_at],
    ['/state_at', state_at],
  ] as const) {
    if (at !== null && at > now + FUTURE_SECONDS) errors.push({ pointer, detail: '时间在将来：请核对时钟和时区' });
    if (at !== null && at < occurred_at) errors.push({ pointer, detail: '不能早于 occurred_at' });
  }
  if (!ground.county.categories.some((c) => c.code === report.category)) {
    errors.push({ pointer: '/category', detail: '本县分类字典中没有这个代码' });
  }
  const place = statesPlace(report) ? placeOf(report, ground, tiling) : null;
  if (Array.isArray(place)) errors.push(...(place as readonly FieldError[]));
  if (errors.length > 0) return refused(index, raw, errors);
  return {
    index,
    report,
    stated: new Set(Object.keys(raw as object)),
    place: place as Place | null,
    occurred_at,
    reported_at,
    state_at,
  };
}

type Fresh = Omit<StoredIncident, 'id'>;

/** The incident that a first post makes. */
function created(c: Candidate, now: number): Fresh {
  const place = c.place ?? NOWHERE;
  const { source, external_id, kind, category, urgency, state } = c.report;
  const reported_at = c.reported_at ?? c.occurred_at;
  return {
    source,
    external_id,
    kind,
    category,
    urgency,
    state,
    occurred_at: c.occurred_at,
    reported_at,
    // A report is not in its first state later than it is known: a sender's clock may run ahead of ours.
    state_at: c.state_at ?? Math.max(now, reported_at),
    ...place,
    grid_id_then: place.grid_id,
  };
}

/** The incident after a later post, `before` itself where that says nothing new, or why the post is refused. */
function revised(before: StoredIncident, c: Candidate, now: number): StoredIncident | readonly FieldError[] {
  const { report, stated } = c;
  const state = stated.has('state') ? report.state : before.state;
  const moved = state !== before.state;
  if (moved && c.state_at !== null && c.state_at < before.state_at) {
    return [{ pointer: '/state_at', detail: `早于已记录的状态（${before.state}）：迟到的消息不会把状态改回去` }];
  }
  // An occurrence that is moved behind its report takes the report with it, unless the post states one.
  const reported_at = c.reported_at ?? Math.max(before.reported_at, c.occurred_at);
  const place = c.place ?? before;
  const after: StoredIncident = {
    ...before,
    kind: report.kind,
    category: report.category,
    urgency: stated.has('urgency') ? report.urgency : before.urgency,
    state,
    occurred_at: c.occurred_at,
    reported_at,
    state_at: moved ? (c.state_at ?? Math.max(now, before.state_at)) : before.state_at,
    precision: place.precision,
    lon: place.lon,
    lat: place.lat,
    given_crs: place.given_crs,
    given_lon: place.given_lon,
    given_lat: place.given_lat,
    grid_id: place.grid_id,
    village_code: place.village_code,
    township_code: place.township_code,
    // The grid in which it happened is kept for ever, once it is known.
    grid_id_then: before.grid_id_then ?? place.grid_id,
  };
  const same = (Object.keys(after) as (keyof StoredIncident)[]).every((field) => after[field] === before[field]);
  return same ? before : after;
}

/** An edition was published, or another writer inserted one of the keys, since the batch began: begin again. */
class Overtaken extends Error {}

export interface Intake {
  readonly db: Database;
  readonly clock: () => Date;
  /** The ground and tiling of the moment. */
  readonly surroundings: () => Promise<{ readonly ground: Ground; readonly tiling: Tiling }>;
  /** The live position at which all that is committed stands. */
  readonly position: () => Promise<number>;
}

/**
 * Writes what can be written of the reports, in one transaction, and tells the fate of each. Where a key comes more than
 * once in a batch the last one that can be written counts and those before it are refused, so that posting the batch
 * again changes nothing. Simultaneous batches wait for each other only where they share a key.
 */
export async function takeReports(intake: Intake, raws: readonly unknown[]): Promise<ReportAnswer> {
  for (let attempt = 0; ; attempt++) {
    const { ground, tiling } = await intake.surroundings();
    try {
      return await attemptReports(intake, ground, tiling, raws);
    } catch (error) {
      if (!(error instanceof Overtaken) || attempt >= 5) throw error;
    }
  }
}

async function attemptReports(
  { db, clock, position }: Intake,
  ground: Ground,
  tiling: Tiling,
  raws: readonly unknown[],
): Promise<ReportAnswer> {
  const now = Math.floor(clock().getTime() / 1000);
  const fates: ReportFate[] = [];
  const byKey = new Map<string, Candidate>();
  raws.forEach((raw, index) => {
    const examined = examine(index, raw, ground, tiling, now);
    if ('fate' in examined) {
      fates[index] = examined;
      return;
    }
    const key = keyOf(examined.report);
    const earlier = byKey.get(key);
    if (earlier) {
      const detail = `同一批中第 ${index} 条是同一键，以最后一条为准`;
      fates[earlier.index] = refused(earlier.index, earlier.report, [{ pointer: '/external_id', detail }]);
    }
    byKey.set(key, examined);
  });
  const candidates = [...byKey.values()];
  const county = ground.version.county;
  if (candidates.length > 0) {
    await db.transaction(async (tx) => {
      await holdEdition(tx);
      if ((await headEdition(tx, county)) !== ground.version.edition) throw new Overtaken();
      for (const fate of await write(tx, county, ground, candidates, now)) fates[fate.index] = fate;
    });
  }
  const count = (fate: ReportFate['fate']) => fates.filter((f) => f.fate === fate).length;
  return {
    as_of: await position(),
    created: count('created'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    refused: count('refused'),
    results: fates,
  };
}

async function write(
  tx: Queries,
  county: string,
  ground: Ground,
  candidates: readonly Candidate[],
  now: number,
): Promise<ReportFate[]> {
  const stored = new Map(
    (
      await incidentsByKey(
        tx,
        county,
        candidates.map((c) => ({ source: c.report.source, external_id: c.report.external_id })),
      )
    ).map((incident) => [keyOf(incident), incident]),
  );
  const fates: ReportFate[] = [];
  const inserts: { readonly candidate: Candidate; readonly incident: Fresh }[] = [];
  const updates: StoredIncident[] = [];
  const flows: Flow[] = [];
  const tell = (c: Candidate, fate: ReportFate['fate'], id: number, incident: Fresh) => {
    fates.push({
      index: c.index,
      source: incident.source,
      external_id: incident.external_id,
      fate,
      id,
      grid_code: ground.gridById.get(incident.grid_id ?? NO_AREA)?.code ?? null,
      precision: incident.precision,
      errors: [],
    });
  };
  for (const c of candidates) {
    const before = stored.get(keyOf(c.report));
    if (!before) {
      inserts.push({ candidate: c, incident: created(c, now) });
      continue;
    }
    const after = revised(before, c, now);
    if (!('id' in after)) {
      fates.push(refused(c.index, c.report, after));
      continue;
    }
    tell(c, after === before ? 'unchanged' : 'updated', before.id, after);
    if (after === before) continue;
    updates.push(after);
    if (after.state !== before.state) {
      flows.push({ incident_id: before.id, from_state: before.state, to_state: after.state, at: after.state_at });
    }
  }
  if (inserts.length > 0) {
    const rows = await insertIncidents(
      tx,
      county,
      inserts.map((i) => i.incident),
    );
    if (rows.length !== inserts.length) throw new Overtaken();
    const ids = new Map(rows.map((row) => [keyOf(row), row.id]));
    for (const { candidate, incident } of inserts) {
      const id = ids.get(keyOf(incident));
      if (id === undefined) throw new Error('an inserted incident was not returned');
      tell(candidate, 'created', id, incident);
      flows.push({ incident_id: id, from_state: null, to_state: incident.state, at: incident.state_at });
    }
  }
  if (updates.length > 0) await updateIncidents(tx, county, updates);
  if (flows.length > 0) await appendFlows(tx, county, flows);
  return fates;
}
