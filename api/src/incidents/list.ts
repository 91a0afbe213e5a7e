/**
 * Pages of incidents. What matches is found on the columns, in half a millisecond where SQL takes 20 to 50, so that
 * `matched` is the overview's total of the same question; the page itself is read from the database by position.
 */
import type { IncidentColumns } from '@wangge/geodata/incidents/columns';
import type { IncidentFilter } from '@wangge/geodata/incidents/filter';
import { isOpen, type Precision } from '@wangge/geodata/incidents/incident';
import { precisionOf } from '@wangge/geodata/incidents/precision';
import { windowOf } from '@wangge/geodata/incidents/window';
import { toDegrees } from '@wangge/geodata/mesh/lattice';
import { areaOf, type Place, placeAt, refOf } from '../county/area.ts';
import type { Ground } from '../county/ground.ts';
import { printed, type Window } from '../county/window.ts';
import type { Queries } from '../db/database.ts';
import { cursorOf, type Order, positionFrom, type Sort } from './cursor.ts';
import { incidentPage, type ListedRow, type WithinArea } from './list-queries.ts';
import type { IncidentList, ListedIncident } from './listed-schema.ts';
import { matching } from './matching.ts';
import type { IncidentsAt } from './read-model.ts';

export interface ListQuestion {
  readonly area: string | undefined;
  readonly window: Window;
  readonly filter: IncidentFilter;
  readonly precisions: readonly Precision[] | null;
  readonly sort: Sort;
  readonly order: Order;
  readonly cursor: string | undefined;
  /** 1 to 1000 */
  readonly limit: number;
}

/**
 * Where no more match, the database is told which they are: it would otherwise walk the whole window to find the few
 * (35 ms of a year on the embedded engine). Where more do, it soon has a page full.
 */
const FEW = 2000;

/** @throws Problem where the area is unknown or the cursor is none of this order. */
export async function listIncidents(
  queries: Queries,
  ground: Ground,
  incidents: IncidentsAt,
  question: ListQuestion,
  now: Date,
): Promise<IncidentList> {
  const { window, filter, precisions, sort, order, limit } = question;
  const place = placeAt(ground, question.area);
  const after = question.cursor === undefined ? null : positionFrom(question.cursor, sort, order);
  const { matched, few } = find(windowOf(incidents.columns, window.from, window.to), ground, place, question);
  const rows =
    matched === 0
      ? []
      : await incidentPage(queries, ground.version.county, {
          window,
          filter,
          precisions,
          area: place.level === 'county' ? null : withinArea(ground, place),
          ids: few,
          sort,
          order,
          after,
          limit: limit + 1,
        });
  const shown = rows.slice(0, limit);
  return {
    as_of: incidents.asOf,
    at: printed(Math.floor(now.getTime() / 1000)),
    area: areaOf(place),
    window: { from: printed(window.from), to: printed(window.to) },
    sort,
    order,
    matched,
    incidents: shown.map((row) => listed(row, ground)),
    next: rows.length > shown.length ? cursorOf(sort, order, shown.at(-1)!) : null,
  };
}

/** How many rows match, and their ids where they are few. */
function find(
  rows: IncidentColumns,
  ground: Ground,
  place: Place,
  { filter, precisions }: ListQuestion,
): { readonly matched: number; readonly few: readonly number[] | null } {
  const keeps = matching(rows, ground, filter, refOf(place));
  const precision = precisions && precisionOf(rows, ground.levels);
  if (keeps === null && precision === null) {
    return { matched: rows.length, few: rows.length <= FEW ? [...rows.id] : null };
  }
  const few: number[] = [];
  let matched = 0;
  for (let row = 0; row < rows.length; row++) {
    if (keeps !== null && !keeps(row)) continue;
    if (precision !== null && !precisions!.includes(precision(row))) continue;
    if (++matched <= FEW) few.push(rows.id[row]!);
  }
  return { matched, few: matched <= FEW ? few : null };
}

const withinArea = (ground: Ground, place: Place): WithinArea => {
  if (place.level === 'grid') return { grids: [place.grid.id], divisions: [], known: [] };
  const { division } = place;
  return {
    grids: ground.gridsUnder(division).map((grid) => grid.id),
    divisions: ground.divisions.filter((d) => ground.pathTo(d).includes(division)).map((d) => d.code),
    known: ground.grids.map((grid) => grid.id),
  };
};

/** An incident as answers show it. */
export const listed = (row: ListedRow, ground: Ground): ListedIncident => ({
  id: row.id,
  source: row.source,
  external_id: row.external_id,
  kind: row.kind,
  category: row.category,
  urgency: row.urgency,
  state: row.state,
  open: isOpen(row.kind, row.state),
  occurred_at: printed(row.occurred_at),
  reported_at: printed(row.reported_at),
  state_at: printed(row.state_at),
  precision: row.precision,
  lon: row.lon === null ? null : toDegrees(row.lon),
  lat: row.lat === null ? null : toDegrees(row.lat),
  grid_code: row.grid_id === null ? null : (ground.gridById.get(row.grid_id)?.code ?? null),
  village_code: row.village_code,
  township_code: row.township_code,
  synthetic: ground.synthetic,
});
