/** What the event stream `/api/live` says, read into the page's types. */
import type { IncidentRecord } from '@wangge/geodata/incidents/build';
import { recordOf, type WireIncident } from '@wangge/geodata/incidents/wire';

/** Changed incidents, and the live position up to which nothing is missing once they are applied. */
export interface Changes {
  readonly asOf: number;
  /** The server's time, ISO 8601. */
  readonly at: string;
  readonly incidents: readonly IncidentRecord[];
}

export type Message =
  /** First of all: `pending` events are replayed, then the stream is live. */
  | { readonly type: 'hello'; readonly asOf: number; readonly at: string; readonly pending: number }
  | ({ readonly type: 'incidents' } & Changes)
  /** Divisions, grids, staff, dwellings or centres have changed. */
  | { readonly type: 'ground'; readonly asOf: number }
  /** This page was too slow: changes up to `asOf` were left out, and can be asked for. */
  | { readonly type: 'digest'; readonly asOf: number }
  /** What the page holds cannot be continued. */
  | { readonly type: 'reset'; readonly asOf: number }
  | { readonly type: 'beat'; readonly asOf: number; readonly at: string };

/** Body of an `incidents` event, and the answer of `/api/incidents/changes`. */
export interface WireChanges {
  readonly as_of: number;
  readonly at: string;
  readonly incidents: readonly WireIncident[];
}

/**
 * One event of the stream. Null for an event of a name that this page does not know: the server may be newer.
 *
 * @throws Error where the data is no JSON object with a position: what follows cannot be trusted either.
 */
export function messageOf(event: string | undefined, data: string): Message | null {
  const body = JSON.parse(data) as { as_of?: unknown; at?: string } | null;
  if (body === null || !Number.isSafeInteger(body.as_of)) throw new Error(`an event ${event} without a position`);
  const asOf = body.as_of as number;
  const at = body.at ?? '';
  switch (event) {
    case 'hello':
      return { type: 'hello', asOf, at, pending: (body as { pending?: number }).pending ?? 0 };
    case 'incidents':
      return { type: 'incidents', ...changesOf(body as WireChanges) };
    case 'ground':
    case 'digest':
    case 'reset':
      return { type: event, asOf };
    case 'beat':
      return { type: 'beat', asOf, at };
    default:
      return null;
  }
}

export const changesOf = ({ as_of, at, incidents }: WireChanges): Changes => ({
  asOf: as_of,
  at,
  incidents: incidents.map(recordOf),
});
