/** When reports come: by day of the period, and by hour and weekday, in the county's time zone. */
import type { IncidentColumns } from '@wangge/geodata/incidents/columns';
import { KINDS } from '@wangge/geodata/incidents/incident';
import { isShown, suppressParts } from '@wangge/geodata/incidents/suppress';

export interface Rhythm {
  /** Reports of all kinds by day, first day first. */
  readonly days: ArrayLike<number>;
  /** Events and disputes by weekday (Monday first) and hour: `weekday * 24 + hour`. */
  readonly week: ArrayLike<number>;
  readonly total: number;
  readonly weekTotal: number;
}

const COLLECTION = KINDS.indexOf('collection');

/**
 * `start`: first instant of the first day. `offset`: seconds by which the county's clock is ahead of UTC; China knows no
 * summer time, elsewhere the offset of `start` serves for the whole period. `count`: days.
 */
export function rhythmOf(columns: IncidentColumns, start: number, offset: number, count: number): Rhythm {
  const days = new Uint32Array(count);
  const week = new Uint32Array(7 * 24);
  let total = 0;
  let weekTotal = 0;
  for (let row = 0; row < columns.length; row++) {
    const at = columns.occurred_at[row]!;
    const day = Math.floor((at - start) / 86_400);
    if (day < 0 || day >= count) continue;
    days[day]!++;
    total++;
    if (columns.kind[row] === COLLECTION) continue;
    const local = at + offset;
    // 1970-01-01 was a Thursday: index 3 where Monday is 0.
    week[((Math.floor(local / 86_400) + 3) % 7) * 24 + Math.floor((local % 86_400) / 3600)]!++;
    weekTotal++;
  }
  return { days, week, total, weekTotal };
}

/**
 * The same without small counts and those that give them away. `total` and `weekTotal`: as they are shown elsewhere,
 * where they may be withheld.
 */
export function suppressRhythm(rhythm: Rhythm, shown: { readonly total: number; readonly weekTotal: number }): Rhythm {
  const days = suppressParts(rhythm.days, rhythm.total, shown.total);
  const week = suppressParts(rhythm.week, rhythm.weekTotal, shown.weekTotal);
  return { days: days.parts, week: week.parts, total: days.total, weekTotal: week.total };
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
