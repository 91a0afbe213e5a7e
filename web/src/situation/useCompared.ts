import { useMemo } from 'react';
import type { AreaTree } from '../divisions/areas.ts';
import { suppressTree } from '../divisions/suppressed.ts';
import { dayOf, startOfDay } from './clock.ts';
import { type Comparison, comparedWindow } from './comparison.ts';
import { rowsAt, treeOf } from './counted.ts';
import type { Window } from './period.ts';
import type { Shown } from './useFigures.ts';

/** The figures of an earlier window, beside which those that are shown are set. */
export interface Compared {
  readonly by: Comparison;
  readonly window: Window;
  /** `none`: 无同期数据, for nothing is known of the whole of that window. `waiting`: it is being loaded. */
  readonly state: 'known' | 'none' | 'waiting';
  /** Where it is known. */
  readonly tree: AreaTree | null;
}

export function useCompared(
  by: Comparison | null,
  shown: Shown | null,
  now: number,
  timeZone: string,
  reception: boolean,
): Compared | null {
  const window = shown?.window;
  const of = by && window ? comparedWindow(window, by, now, timeZone) : null;
  const held = shown?.held ?? null;
  const filter = shown?.filter;
  const places = shown?.places ?? null;
  const base = shown?.base ?? null;
  const [from, to] = [of?.from, of?.to];
  return useMemo(() => {
    if (by === null || from === undefined || to === undefined) return null;
    const window = { from, to };
    if (held === null || held.from > from || !filter || !places || !base) {
      return { by, window, state: 'waiting' as const, tree: null };
    }
    if (from < knownFrom(held, timeZone)) return { by, window, state: 'none' as const, tree: null };
    const tree = treeOf(rowsAt(held, window, filter), base, places);
    return { by, window, state: 'known' as const, tree: reception ? suppressTree(tree) : tree };
  }, [by, from, to, held, filter, places, base, timeZone, reception]);
}

/** The second from which something is known: the day of the first incident that is held. */
export function knownFrom(held: { readonly from: number; readonly columns: Shown['rows'] }, timeZone: string): number {
  const first = held.columns?.occurred_at[0];
  return first === undefined
    ? Number.POSITIVE_INFINITY
    : Math.max(held.from, startOfDay(dayOf(first, timeZone), timeZone));
}
