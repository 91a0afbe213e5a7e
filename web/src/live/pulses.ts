/** Which of the reports that have just come in pulse on the map. */
import type { IncidentRecord } from '@wangge/geodata/incidents/build';
import { URGENCIES } from '@wangge/geodata/incidents/incident';
import type { Spot } from '../map/contract.ts';
import type { Applied } from './live.ts';

/** More at one moment would be a firework, and say nothing. */
export const MOST_PULSES = 12;

/**
 * The new reports among what was applied, as spots: none that was only caught up with, at most `MOST_PULSES`, the more
 * urgent and then the newer first.
 *
 * @param passes whether a report is shown at all: filter, area
 * @param gridCode code of a grid by its id
 */
export function pulsesOf(
  { added, news }: Applied,
  passes: (record: IncidentRecord) => boolean,
  gridCode: (id: number) => string | undefined,
): Spot[] {
  const urgency = (record: IncidentRecord) => URGENCIES.indexOf(record.urgency);
  return added
    .filter((record) => news.has(record.id) && passes(record))
    .sort((a, b) => urgency(b) - urgency(a) || b.id - a.id)
    .slice(0, MOST_PULSES)
    .map((record) => spotOf(record, gridCode));
}

type Placed = Pick<IncidentRecord, 'id' | 'urgency' | 'point' | 'grid_id' | 'village_code' | 'township_code'>;

/** Where a report is to be seen: at its point, else at the smallest area that is known. */
export function spotOf(record: Placed, gridCode: (id: number) => string | undefined): Spot {
  const grid = record.grid_id === null ? undefined : gridCode(record.grid_id);
  const { id, urgency, village_code: village, township_code: township } = record;
  return {
    id,
    urgency,
    point: record.point === null ? null : [record.point[0], record.point[1]],
    area: grid
      ? { level: 'grid', code: grid }
      : village
        ? { level: 'village', code: village }
        : township
          ? { level: 'township', code: township }
          : null,
  };
}
