/** Counting in the browser: the incidents of a window and a filter among those held, and the tree with their figures. */
import type { IncidentColumns } from '@wangge/geodata/incidents/columns';
import { type IncidentFilter, pickRows, rowFilter } from '@wangge/geodata/incidents/filter';
import { tally } from '@wangge/geodata/incidents/tally';
import { windowOf as rowsOf } from '@wangge/geodata/incidents/window';
import { type AreaTree, recount, type TreePlaces } from '../divisions/areas.ts';
import type { Held } from '../incidents/held.ts';
import type { Window } from './period.ts';

/** The held incidents of a window that pass a filter. The window must lie in what is held. */
export function rowsAt({ columns }: Held, window: Window, filter: IncidentFilter): IncidentColumns {
  const inWindow = rowsOf(columns, window.from, window.to);
  return pickRows(inWindow, rowFilter(inWindow, filter));
}

/** The same areas, with the figures of these incidents. */
export function treeOf(rows: IncidentColumns, tree: AreaTree, places: TreePlaces): AreaTree {
  const counts = tally(rows, places);
  return recount(tree, (area) =>
    area.level === 'grid' ? counts.grids.get(places.idOf.get(area.code) ?? -1) : counts.areas.get(area.code),
  );
}
