/** Counting in the browser: the incidents of a window and a filter among those held, and the tree with their figures. */
import type { IncidentColumns } from '@wangge/geodata/incidents/columns';
import { filterKey, type IncidentFilter, isUnfiltered, pickRows, rowFilter } from '@wangge/geodata/incidents/filter';
import { tally } from '@wangge/geodata/incidents/tally';
import { windowOf as rowsOf } from '@wangge/geodata/incidents/window';
import { rowsWithin } from '@wangge/geodata/incidents/within';
import { type AreaNode, type AreaTree, areaRef, recount, type TreePlaces } from '../divisions/areas.ts';
import type { Held } from '../incidents/held.ts';
import type { Window } from './period.ts';

/** Of the columns of one moment the last few selections: a window is then cut out of them without copying or counting. */
const selections = new WeakMap<IncidentColumns, Map<string, Selection>>();
interface Selection {
  /** What else it depends on. */
  readonly places: TreePlaces | null;
  readonly columns: IncidentColumns;
}
const KEPT = 6;

function selected(
  from: IncidentColumns,
  key: string,
  places: TreePlaces | null,
  select: () => IncidentColumns,
): IncidentColumns {
  let known = selections.get(from);
  if (!known) {
    known = new Map();
    selections.set(from, known);
  }
  const before = known.get(key);
  const found = before?.places === places ? before : { places, columns: select() };
  // Used last, thrown away last.
  known.delete(key);
  known.set(key, found);
  if (known.size > KEPT) known.delete(known.keys().next().value!);
  return found.columns;
}

/** All held incidents that pass a filter. */
export const filteredOf = ({ columns }: Held, filter: IncidentFilter): IncidentColumns =>
  isUnfiltered(filter)
    ? columns
    : selected(columns, filterKey(filter), null, () => pickRows(columns, rowFilter(columns, filter)));

/** Those of them in an area. */
export function withinOf(held: Held, filter: IncidentFilter, area: AreaNode, places: TreePlaces): IncidentColumns {
  if (area.level === 'county') return filteredOf(held, filter);
  const columns = filteredOf(held, filter);
  return selected(columns, area.code, places, () =>
    pickRows(columns, rowsWithin(columns, places, areaRef(area, places))),
  );
}

/** The held incidents of a window that pass a filter. The window must lie in what is held. */
export const rowsAt = (held: Held, window: Window, filter: IncidentFilter): IncidentColumns =>
  rowsOf(filteredOf(held, filter), window.from, window.to);

/** The same areas, with the figures of these incidents. */
export function treeOf(rows: IncidentColumns, tree: AreaTree, places: TreePlaces): AreaTree {
  const counts = tally(rows, places);
  return recount(tree, (area) =>
    area.level === 'grid' ? counts.grids.get(places.idOf.get(area.code) ?? -1) : counts.areas.get(area.code),
  );
}
