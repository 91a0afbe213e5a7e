import { suppressParts } from '@wangge/geodata/incidents/suppress';
import { rowAt } from '@wangge/geodata/incidents/window';
import { useCallback } from 'react';
import { dayOf, hourOf } from './clock.ts';
import { useDesk } from './desk.ts';
import { boundsOf, DAY } from './timeline.ts';

export interface Steps {
  /** Windows of up to two days are told by hour, longer ones by day. */
  readonly unit: 'hour' | 'day';
  readonly steps: readonly { readonly name: string; readonly count: number }[];
  readonly total: number;
}

/** Reports of the selected area by step of the window, counted when asked for; null where they are not held. */
export function useSteps(): () => Steps | null {
  const { rows, window, county, formats, node, view } = useDesk();
  return useCallback(() => {
    if (rows === null) return null;
    const zone = county.time_zone;
    const unit = window.to - window.from <= 2 * DAY ? 'hour' : 'day';
    const bounds = boundsOf(window, unit, zone).map((at) => Math.min(Math.max(at, window.from), window.to));
    const rest = bounds.slice(1).map((to, i) => ({ from: bounds[i]!, to }));
    const counts = rest.map(({ from, to }) => rowAt(rows, to) - rowAt(rows, from));
    const shown = view.reception
      ? suppressParts(counts, rows.length, node.totals.reports.total)
      : { parts: counts, total: rows.length };
    const steps = rest.map(({ from, to }, i) => ({
      name:
        unit === 'day'
          ? formats.day(dayOf(from, zone))
          : formats.hours({ from: hourOf(from, zone), to: hourOf(to + 3599, zone) }),
      count: shown.parts[i]!,
    }));
    return { unit, steps, total: shown.total };
  }, [rows, window, county.time_zone, formats, node, view.reception]);
}
