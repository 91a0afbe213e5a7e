import { type IncidentFilter, rowFilter } from '@wangge/geodata/incidents/filter';
import { histogramOf } from '@wangge/geodata/incidents/histogram';
import { rowsWithin } from '@wangge/geodata/incidents/within';
import { useMemo } from 'react';
import { type AreaNode, areaRef, type TreePlaces } from '../divisions/areas.ts';
import type { Held } from '../incidents/held.ts';
import { HOUR } from './clock.ts';
import type { Hours } from './timeline.ts';

/** All that is held of an area and a filter, counted by hour; bars of any width are sums of these. */
export function useHours(
  held: Held | null,
  filter: IncidentFilter,
  area: AreaNode,
  places: TreePlaces | null,
  end: number,
): Hours | null {
  const code = area.code;
  // biome-ignore lint/correctness/useExhaustiveDependencies: an area is what its code says, whatever its figures
  return useMemo(() => {
    if (held === null || places === null) return null;
    const { columns, from } = held;
    const passes = rowFilter(columns, filter);
    const within = rowsWithin(columns, places, areaRef(area, places));
    const keeps = passes === null || within === null ? (passes ?? within) : (row: number) => within(row) && passes(row);
    const count = Math.max(0, Math.ceil((end - from) / HOUR));
    return { start: from, counts: histogramOf(columns, from, HOUR, count, keeps) };
  }, [held, filter, code, places, end]);
}
