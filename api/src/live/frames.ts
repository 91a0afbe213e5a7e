/** Events as the lines of an event stream (HTML Standard, "Server-sent events"); each is serialised once for all. */
import type { WireIncident } from '@wangge/geodata/incidents/wire';
import type { LiveEvent } from './queries.ts';

const text = (event: string, data: object, id: number | null): string =>
  `event: ${event}\n${id === null ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;

const bytes = (frames: string): Uint8Array => Buffer.from(frames);

/** First of all; a browser that loses the stream comes back after three seconds, give or take its own jitter. */
export const hello = (asOf: number, at: string, pending: number): Uint8Array =>
  bytes(`retry: 3000\n\n${text('hello', { as_of: asOf, at, pending }, null)}`);

export const beat = (asOf: number, at: string): Uint8Array => bytes(text('beat', { as_of: asOf, at }, asOf));

/** The columns must be loaded anew. */
export const reset = (asOf: number, reason: 'too-old' | 'reloaded'): Uint8Array =>
  bytes(text('reset', { as_of: asOf, reason }, asOf));

/** What a client that was too slow has not been told. */
export interface Missed {
  readonly count: number;
  /** Divisions in which it happened. */
  readonly areas: ReadonlySet<string>;
  readonly ground: boolean;
  readonly reloaded: boolean;
}

export function digest(asOf: number, { count, areas, ground, reloaded }: Missed): Uint8Array {
  if (reloaded) return reset(asOf, 'reloaded');
  const told = text('digest', { as_of: asOf, count, areas: [...areas].sort() }, asOf);
  return bytes(ground ? text('ground', { as_of: asOf }, null) + told : told);
}

/** The last word on each incident, in the order in which that was said. */
export function incidentsOf(events: readonly LiveEvent[]): WireIncident[] {
  const last = new Map<number, WireIncident>();
  for (const { payload } of events) {
    if (!payload) continue;
    last.delete(payload.id);
    last.set(payload.id, payload);
  }
  return [...last.values()];
}

/**
 * Events that follow each other, as few frames. Only the last frame carries an id: a client that loses the stream in
 * between is told all of them again.
 */
export function batch(events: readonly LiveEvent[]): Uint8Array {
  const { position, at } = events.at(-1)!;
  if (events.some(({ kind }) => kind === 'reloaded')) return reset(position, 'reloaded');
  const incidents = incidentsOf(events);
  const ground = events.some(({ kind }) => kind === 'ground');
  const frames: string[] = [];
  if (ground) frames.push(text('ground', { as_of: position }, incidents.length === 0 ? position : null));
  if (incidents.length > 0) frames.push(text('incidents', { as_of: position, at, incidents }, position));
  return bytes(frames.join(''));
}
