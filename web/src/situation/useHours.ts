import type { IncidentFilter } from '@wangge/geodata/incidents/filter';
import { histogramOf } from '@wangge/geodata/incidents/histogram';
import { useMemo } from 'react';
import type { AreaNode, TreePlaces } from '../divisions/areas.ts';
import type { Held } from '../incidents/held.ts';
import { HOUR } from './clock.ts';
import { withinOf } from './counted.ts';
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
    const count = Math.max(0, Math.ceil((end - held.from) / HOUR));
    const columns = withinOf(held, filter, area, places);
    return { start: held.from, counts: histogramOf(columns, held.from, HOUR, count, null) };
  }, [held, filter, code, places, end]);
}
