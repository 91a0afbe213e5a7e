/**
 * 离开期间: what changed since somebody last looked, from the held columns alone. Of the last look only two things are
 * kept: the greatest id, as ids are given out in the order of writing, and which incidents were open.
 */
import type { IncidentColumns } from '@wangge/geodata/incidents/columns';
import { ENDED, KINDS, STATES, URGENCIES } from '@wangge/geodata/incidents/incident';

export interface Look {
  readonly county: string;
  /** When, milliseconds since 1970. */
  readonly at: number;
  /** Ids up to this one were there. */
  readonly lastId: number;
  /** Ids of the events and disputes that were open, ascending. */
  readonly open: readonly number[];
}

/** Shorter absences need no telling. */
export const AWAY_MS = 5 * 60_000;

const COLLECTION = KINDS.indexOf('collection');
const HAS_ENDED = STATES.map((state) => ENDED.has(state));
const NORMAL = URGENCIES.indexOf('normal');

const isOpenRow = (columns: IncidentColumns, row: number): boolean =>
  columns.kind[row] !== COLLECTION && !HAS_ENDED[columns.state[row]!];

/** @param at milliseconds since 1970 */
export function lookAt(columns: IncidentColumns, county: string, at: number): Look {
  const open: number[] = [];
  let lastId = 0;
  for (let row = 0; row < columns.length; row++) {
    const id = columns.id[row]!;
    if (id > lastId) lastId = id;
    if (isOpenRow(columns, row)) open.push(id);
  }
  return { county, at, lastId, open: open.sort((a, b) => a - b) };
}

export interface Away {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** New reports have greater ids. */
  readonly lastId: number;
  readonly fresh: {
    readonly total: number;
    readonly collection: number;
    readonly event: number;
    readonly dispute: number;
  };
  /** Events and disputes that were open and have ended since. */
  readonly closed: number;
  /** Rows of the new reports that are 紧急 or 特急, the most pressing first, then the newest. */
  readonly pressing: readonly number[];
  /** Areas with a change, in code order. */
  readonly areas: readonly { readonly code: string; readonly fresh: number; readonly closed: number }[];
}

/**
 * Null where nothing changed, the absence was short, or the look was at another county.
 *
 * @param areaOf code of the area under which a row is told; null for the county alone
 * @param at now, milliseconds since 1970
 */
export function awaySince(
  look: Look,
  columns: IncidentColumns,
  county: string,
  areaOf: (row: number) => string | null,
  at: number,
): Away | null {
  if (look.county !== county || at - look.at < AWAY_MS) return null;
  const wasOpen = new Set(look.open);
  const fresh = { total: 0, collection: 0, event: 0, dispute: 0 };
  const areas = new Map<string, { code: string; fresh: number; closed: number }>();
  const pressing: number[] = [];
  let closed = 0;
  for (let row = 0; row < columns.length; row++) {
    const id = columns.id[row]!;
    const isNew = id > look.lastId;
    if (!isNew && (isOpenRow(columns, row) || !wasOpen.has(id))) continue;
    const code = areaOf(row);
    const area = code === null ? null : (areas.get(code) ?? { code, fresh: 0, closed: 0 });
    if (area) areas.set(area.code, area);
    if (isNew) {
      fresh.total++;
      fresh[KINDS[columns.kind[row]!]!]++;
      if (area) area.fresh++;
      if (columns.urgency[row]! > NORMAL) pressing.push(row);
    } else {
      closed++;
      if (area) area.closed++;
    }
  }
  if (fresh.total === 0 && closed === 0) return null;
  pressing.sort((a, b) => columns.urgency[b]! - columns.urgency[a]! || b - a);
  const inOrder = [...areas.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
  return { from: look.at, to: at, lastId: look.lastId, fresh, closed, pressing, areas: inOrder };
}

/** The areas with most change, at most `most`, still in code order: nothing is ranked. */
export function mostChanged(areas: Away['areas'], most: number): Away['areas'] {
  const chosen = new Set([...areas].sort((a, b) => b.fresh + b.closed - a.fresh - a.closed).slice(0, most));
  return areas.filter((area) => chosen.has(area));
}

const KEY = 'wangge.look';

/** The look that this browser has kept; null where there is none, or it cannot be read. */
export function keptLook(storage: Pick<Storage, 'getItem'>): Look | null {
  try {
    const kept = JSON.parse(storage.getItem(KEY) ?? 'null') as (Omit<Look, 'open'> & { open: number[] }) | null;
    if (kept === null || typeof kept.county !== 'string' || !Array.isArray(kept.open)) return null;
    if (!Number.isFinite(kept.at) || !Number.isFinite(kept.lastId)) return null;
    let id = 0;
    return { county: kept.county, at: kept.at, lastId: kept.lastId, open: kept.open.map((step) => (id += step)) };
  } catch {
    return null;
  }
}

/** Some thousand open incidents take some ten kilobytes: differences are short. */
export function keepLook(storage: Pick<Storage, 'setItem'>, look: Look): void {
  const steps = look.open.map((id, i) => id - (look.open[i - 1] ?? 0));
  try {
    storage.setItem(KEY, JSON.stringify({ ...look, open: steps }));
  } catch {
    // A browser that keeps nothing tells nothing of absences; all else works.
  }
}
