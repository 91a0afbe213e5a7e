/** The outbox as it stands in the database, and whether a client of the event stream was told all of it. */
import type { Database } from '@wangge/api/db/database';
import type { WireIncident } from '@wangge/geodata/incidents/wire';
import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import type { Listener } from './listener.ts';

export interface OutboxRow {
  readonly position: number | null;
  readonly kind: string;
  readonly payload: WireIncident | null;
}

export const outboxOf = (db: Database): Promise<OutboxRow[]> =>
  db.rows<OutboxRow>(sql`SELECT position, kind, payload FROM live_event ORDER BY position NULLS LAST, id`);

/**
 * Positions count up by one; every stored incident stands in its last event as it is stored, save those of the profile
 * itself: a first load is told as a whole.
 */
export async function expectOutboxWhole(db: Database): Promise<OutboxRow[]> {
  const rows = await outboxOf(db);
  const numbered = rows.filter(({ position }) => position !== null);
  expect(rows.length - numbered.length, 'events without a position').toBe(0);
  const [first] = numbered;
  numbered.forEach(({ position }, i) => {
    if (position !== first!.position! + i) throw new Error(`the outbox has a gap before position ${position}`);
  });
  const last = new Map(rows.flatMap(({ payload }) => (payload ? [[payload.id, payload.state] as const] : [])));
  const stored = await db.rows<{ id: number; state: string }>(sql`
    SELECT id, state FROM incident WHERE source <> 'test' ORDER BY id`);
  const differing = stored.filter(({ id, state }) => last.get(id) !== state);
  expect(differing, 'incidents whose last event says something else').toEqual([]);
  return rows;
}

/**
 * The client was told of everything after it first came, in order: each event stands for the stretch of positions since
 * the one before it, and holds the last word on every incident in that stretch.
 */
export function expectToldAll({ told, from }: Listener, rows: readonly OutboxRow[]): void {
  expect(told.filter(({ event }) => event === 'reset' || event === 'digest')).toEqual([]);
  let before = from!;
  let at = rows.findIndex(({ position }) => position! > before);
  for (const { position, incidents } of told) {
    if (position <= before) throw new Error(`position ${position} was told after ${before}`);
    const said = new Map<number, WireIncident>();
    for (; at >= 0 && at < rows.length && rows[at]!.position! <= position; at++) {
      const { payload } = rows[at]!;
      if (payload) said.set(payload.id, payload);
    }
    const heard = new Map(incidents.map((incident) => [incident.id, incident]));
    expect(heard, `between ${before} and ${position}`).toEqual(said);
    before = position;
  }
  expect(before, 'where the last event stands').toBe(rows.at(-1)!.position);
}
