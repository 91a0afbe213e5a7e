/** Which rows of the columns a request is about: its filter and its area together. */
import type { IncidentColumns } from '@wangge/geodata/incidents/columns';
import { type IncidentFilter, rowFilter } from '@wangge/geodata/incidents/filter';
import { type AreaRef, rowsWithin } from '@wangge/geodata/incidents/within';
import type { Ground } from '../county/ground.ts';

/** Whether a row matches, by its number; null where all do. */
export function matching(
  columns: IncidentColumns,
  ground: Ground,
  filter: IncidentFilter,
  area: AreaRef,
): ((row: number) => boolean) | null {
  const passes = rowFilter(columns, filter);
  const within = rowsWithin(columns, ground, area);
  if (passes === null || within === null) return passes ?? within;
  return (row) => passes(row) && within(row);
}
