/** Keeps a demonstration in the present: fills what is missing at start, then posts what happens while it runs. */
import { setTimeout as pause } from 'node:timers/promises';
import type { IsoDay } from '@wangge/geodata/county/county';
import { SOURCE } from '@wangge/geodata/gulang/incidents/report';
import { DAYS, reportingYear } from '@wangge/geodata/gulang/incidents/year';
import type { Kind, State, TracedIncident } from '@wangge/geodata/incidents/incident';
import { sql } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { Database, Queries } from '../db/database.ts';
import { copyTrails, drawIds, extendTrails } from '../incidents/trails.ts';
import { DEFAULT_RATE } from '../settings.ts';
import { addDays, dayOf } from './day.ts';
import { Generator } from './demonstration-generator.ts';
import { postReports } from './demonstration-post.ts';
import { withSeat } from './demonstration-seat.ts';
import { DueReports, type Generation, MOVING_DAYS, reportsOf, type Stream, streamOf } from './demonstration-streams.ts';
import { storedWorld } from './demonstration-world.ts';
import type { HeldCounty } from './held.ts';
import { INCIDENT_COLUMNS, incidentRow, lockLoading } from './load.ts';
import { type Progress, silent } from './progress.ts';

const DAY_MS = 86_400_000;
/** Days that are filled in one transaction. */
const FILL_DAYS = 30;
/** The year is generated again for its late states only when they are that far behind: it takes seconds. */
const YEAR_BEHIND_MS = 12 * 3_600_000;

interface Moving {
  readonly id: number;
  readonly external_id: string;
  readonly kind: Kind;
  readonly state: State;
  /** Second since 1970 in which it was reached. */
  readonly state_at: number;
}

async function generationOf(db: Queries, held: HeldCounty): Promise<Generation> {
  if (held.seed === null || held.anchor_day === null) throw new Error(`${held.code} is no demonstration`);
  return { world: await storedWorld(db, held.code), seed: held.seed, anchor: held.anchor_day };
}

/** When the last stored report of the demonstration came in; null where there is none. */
async function lastReport(db: Queries, county: string): Promise<Date | null> {
  const [row] = await db.rows<{ at: string | null }>(
    sql`SELECT max(reported_at) AS at FROM incident WHERE county_code = ${county} AND source = ${SOURCE}`,
  );
  return row?.at ? new Date(row.at) : null;
}

/** Stored reports whose state may still change. */
const movingReports = (db: Queries, county: string): Promise<Moving[]> =>
  db.rows(sql`
    SELECT id, external_id, kind, state, floor(extract(epoch FROM state_at))::int8 AS state_at FROM incident
    WHERE county_code = ${county} AND source = ${SOURCE}
      AND state NOT IN ('archived', 'rejected', 'duplicate', 'cancelled')
      AND NOT (kind = 'collection' AND state = 'closed')`);

/**
 * Fills in the reports since the last stored one at the county's own rate, and brings states to `asOf`.
 * Nothing is generated twice: a second process, or a second call, finds nothing to do.
 */
export async function catchUp(
  db: Database,
  held: HeldCounty,
  { asOf, progress = silent }: { readonly asOf: Date; readonly progress?: Progress },
): Promise<{ readonly created: number; readonly moved: number }> {
  const generation = await generationOf(db, held);
  const from = await lastReport(db, held.code);
  if (!from) return { created: 0, moved: 0 };
  progress.step('补上至今的演示上报', 'Filling in the demonstration up to now');
  let created = 0;
  for (let at = from; at < asOf; at = new Date(at.getTime() + FILL_DAYS * DAY_MS)) {
    const until = new Date(Math.min(asOf.getTime(), at.getTime() + FILL_DAYS * DAY_MS));
    created += await fill(db, held, generation, until, asOf);
    progress.at(until.getTime() - from.getTime(), asOf.getTime() - from.getTime());
  }
  const moved = await moveOn(db, held, generation, asOf);
  progress.end();
  return { created, moved };
}

/** Writes what came in after the last stored report and by `until`. */
async function fill(db: Database, held: HeldCounty, generation: Generation, until: Date, asOf: Date): Promise<number> {
  return await db.transaction(async (tx) => {
    await lockLoading(tx);
    const since = (await lastReport(tx, held.code))!;
    const reports: TracedIncident[] = [];
    // A report can come in some days after the day on which it happened.
    for (
      let day = addDays(dayOf(since, held.time_zone), -7);
      day <= dayOf(until, held.time_zone);
      day = addDays(day, 1)
    ) {
      if (day <= generation.anchor) continue;
      for (const report of reportsOf(generation, { day, rate: DEFAULT_RATE }, asOf)) {
        if (report.reported_at > since && report.reported_at <= until) reports.push(report);
      }
    }
    const ids = await drawIds(tx, reports.length);
    const written = await tx.copyIn(
      `incident (${INCIDENT_COLUMNS})`,
      reports.map((report, i) => incidentRow(held.code, ids[i]!, report)),
    );
    await copyTrails(
      tx,
      held.code,
      reports.map(({ trail }, i) => ({ id: ids[i]!, trail })),
    );
    return written;
  });
}

/** Brings the states of what is stored to `asOf`. */
async function moveOn(db: Database, held: HeldCounty, generation: Generation, asOf: Date): Promise<number> {
  return await db.transaction(async (tx) => {
    await lockLoading(tx);
    const moving = new Map((await movingReports(tx, held.code)).map((report) => [report.external_id, report]));
    const streams = new Map<string, Stream>();
    const oldest = addDays(dayOf(asOf, held.time_zone), -MOVING_DAYS);
    for (const id of moving.keys()) {
      const stream = streamOf(id);
      if (stream && stream.day >= oldest) streams.set(`${stream.day} ${stream.rate}`, stream);
    }
    const { seed, anchor } = generation;
    const year = (await yearIsBehind(tx, held.code, anchor, asOf))
      ? reportingYear(generation.world, { seed, anchor, asOf })
      : [];
    const now = [...streams.values()].map((stream) => reportsOf(generation, stream, asOf));
    const moved = [year, ...now].flat().flatMap(({ external_id, trail }) => {
      const stored = moving.get(external_id);
      // What has reached a later state otherwise, by a report of its own, stays as it is.
      const steps = stored ? trail.filter(({ at }) => at > stored.state_at) : [];
      return steps.length === 0 ? [] : [{ id: stored!.id, from: stored!.state, steps }];
    });
    if (moved.length === 0) return 0;
    const states = moved.map(({ id, steps }) => ({ id, ...steps.at(-1)! }));
    await tx.run(
      sql`UPDATE incident i SET state = s.state, state_at = to_timestamp(s.at)
          FROM jsonb_to_recordset(${JSON.stringify(states)}::text::jsonb) AS s (id bigint, state text, at bigint)
          WHERE i.county_code = ${held.code} AND i.id = s.id`,
      moved.length,
    );
    await extendTrails(tx, held.code, moved);
    return moved.length;
  });
}

async function yearIsBehind(tx: Queries, county: string, anchor: IsoDay, asOf: Date): Promise<boolean> {
  if (asOf.getTime() > Date.parse(`${addDays(anchor, MOVING_DAYS)}T00:00:00Z`)) return false;
  // The stored states tell when the year was last brought forward: some of them move every hour.
  const [row] = await tx.rows<{ at: string | null }>(sql`
    SELECT max(state_at) AS at FROM incident
    WHERE county_code = ${county} AND source = ${SOURCE} AND external_id LIKE '%-y-%'
      AND occurred_at > ${addDays(anchor, -DAYS)}::date`);
  return row?.at ? asOf.getTime() - Date.parse(row.at) > YEAR_BEHIND_MS : false;
}

export interface Demonstration {
  /** Resolves when the last post has ended. */
  stop(): Promise<void>;
}

export interface DemonstrationOptions {
  /** Where the API listens, e.g. `http://127.0.0.1:8787`. */
  readonly url: string;
  /** Reports an hour. */
  readonly rate: number;
  readonly clock: () => Date;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  /** Resolves after a while; by default a timer. */
  readonly wait?: (ms: number) => Promise<void>;
}

/** A process that finds the seat taken asks again after this. */
const STAND_BY_MS = 60_000;

/** Posts reports as they happen until stopped; where another process does so already, stands by for it. */
export function startDemonstration(db: Database, held: HeldCounty, options: DemonstrationOptions): Demonstration {
  const { url, rate, clock, log } = options;
  const stopped = new AbortController();
  // Cut short by `stop`, which is no failure.
  const wait = options.wait ?? ((ms: number) => pause(ms, undefined, { signal: stopped.signal }).catch(() => {}));
  let generator: Generator | null = null;

  const sit = async (stillSeated: () => Promise<void>): Promise<void> => {
    const generation = await generationOf(db, held);
    const since = (await lastReport(db, held.code)) ?? clock();
    const moving = await movingReports(db, held.code);
    const due = new DueReports(
      generation,
      moving.map((report) => report.external_id),
      { rate, since, timeZone: held.time_zone },
    );
    const codes = new Map(generation.world.grids.map((grid) => [grid.id, grid.code]));
    generator = new Generator(
      {
        clock,
        wait,
        stillSeated,
        reports: (asOf, stored) => due.at(asOf, stored),
        post: (reports) => postReports(url, reports, (id) => codes.get(id) ?? null, stopped.signal, log),
        failed: (error) => {
          if (!stopped.signal.aborted) log.warn({ err: error }, 'the demonstration could not post; it tries again');
        },
      },
      new Map(moving.map((report) => [report.external_id, report.state])),
    );
    if (stopped.signal.aborted) generator.stop();
    await generator.run();
  };

  const running = (async () => {
    while (!stopped.signal.aborted) {
      try {
        const seated = await withSeat(db, sit);
        if (!seated) log.info('another process runs the demonstration on this database; standing by');
      } catch (error) {
        if (!stopped.signal.aborted) log.warn({ err: error }, 'the demonstration stopped; it begins again in a minute');
      }
      await wait(STAND_BY_MS);
    }
  })();

  return {
    async stop() {
      generator?.stop();
      stopped.abort();
      await running;
    },
  };
}
