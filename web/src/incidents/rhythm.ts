/** When reports come: by hour and weekday, in the county's time zone. */
import type { IncidentColumns } from '@wangge/geodata/incidents/columns';
import { KINDS } from '@wangge/geodata/incidents/incident';
import { isShown, suppressParts } from '@wangge/geodata/incidents/suppress';

export interface Rhythm {
  /** Events and disputes by weekday (Monday first) and hour: `weekday * 24 + hour`. */
  readonly week: ArrayLike<number>;
  readonly total: number;
}

const COLLECTION = KINDS.indexOf('collection');

/** @param offsetAt seconds by which the county's clock is ahead of UTC at a second */
export function rhythmOf(columns: IncidentColumns, offsetAt: (second: number) => number): Rhythm {
  const week = new Uint32Array(7 * 24);
  let total = 0;
  let hour = -1;
  let offset = 0;
  for (let row = 0; row < columns.length; row++) {
    if (columns.kind[row] === COLLECTION) continue;
    const at = columns.occurred_at[row]!;
    // Rows stand in time order: the clock is asked once an hour, not once a row.
    const now = Math.floor(at / 3600);
    if (now !== hour) {
      hour = now;
      offset = offsetAt(at);
    }
    const local = at + offset;
    // 1970-01-01 was a Thursday: index 3 where Monday is 0.
    week[((Math.floor(local / 86_400) + 3) % 7) * 24 + Math.floor((local % 86_400) / 3600)]!++;
    total++;
  }
  return { week, total };
}

/** The same without small counts and those that give them away. `shownTotal`: the total as it is shown elsewhere. */
export function suppressRhythm({ week, total }: Rhythm, shownTotal: number): Rhythm {
  const shown = suppressParts(week, total, shownTotal);
  return { week: shown.parts, total: shown.total };
}

/** The greatest of the shown counts and where it stands first; null where none is above zero. */
export function peakOf(counts: ArrayLike<number>): { readonly count: number; readonly at: number } | null {
  let peak: { count: number; at: number } | null = null;
  for (let at = 0; at < counts.length; at++) {
    const count = counts[at]!;
    if (isShown(count) && count > (peak?.count ?? 0)) peak = { count, at };
  }
  return peak;
}
