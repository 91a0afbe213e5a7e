/** The answers of `/api/rollup`: the same cells as JSON for programs and as bytes for the web app. */
import { encodeRollup } from '@wangge/geodata/incidents/encode-rollup';
import type { IncidentFilter } from '@wangge/geodata/incidents/filter';
import { KINDS, URGENCIES } from '@wangge/geodata/incidents/incident';
import { rollup as countCells, type Rollup } from '@wangge/geodata/incidents/rollup';
import { windowOf } from '@wangge/geodata/incidents/window';
import { areaOf, type Place, placeAt, refOf } from '../county/area.ts';
import { daysWith } from '../county/day.ts';
import type { Ground } from '../county/ground.ts';
import { printed, type Window } from '../county/window.ts';
import { matching } from './matching.ts';
import type { IncidentsAt } from './read-model.ts';
import type { RollupAnswer } from './rollup-schema.ts';

export interface RollupQuestion {
  readonly area: string | undefined;
  readonly window: Window;
  readonly filter: IncidentFilter;
}

/** @throws Problem where the area is unknown. */
function cellsOf(ground: Ground, { columns }: IncidentsAt, { area, window, filter }: RollupQuestion): [Place, Rollup] {
  const place = placeAt(ground, area);
  const rows = windowOf(columns, window.from, window.to);
  const days = daysWith(rows.occurred_at, ground.county.time_zone);
  return [place, countCells(rows, ground, days, matching(rows, ground, filter, refOf(place)))];
}

export const rollupBytes = (ground: Ground, incidents: IncidentsAt, question: RollupQuestion): Uint8Array =>
  encodeRollup(cellsOf(ground, incidents, question)[1], incidents.asOf);

export function rollupAnswer(
  ground: Ground,
  incidents: IncidentsAt,
  question: RollupQuestion,
  now: Date,
): RollupAnswer {
  const [place, cells] = cellsOf(ground, incidents, question);
  const { from, to } = question.window;
  return {
    as_of: incidents.asOf,
    at: printed(Math.floor(now.getTime() / 1000)),
    area: areaOf(place),
    window: { from: printed(from), to: printed(to) },
    total: cells.count.reduce((sum, n) => sum + n, 0),
    places: cells.places.map((ref) => {
      if ('division' in ref) return { code: ref.division, level: ground.divisionByCode.get(ref.division)!.level };
      return { code: ground.gridById.get(ref.grid)!.code, level: 'grid' };
    }),
    days: [...cells.days],
    categories: [...cells.categories],
    kinds: [...KINDS],
    urgencies: [...URGENCIES],
    cells: {
      place: [...cells.place],
      day: [...cells.day],
      category: [...cells.category],
      kind: [...cells.kind],
      urgency: [...cells.urgency],
      open: [...cells.open],
      count: [...cells.count],
    },
  };
}
