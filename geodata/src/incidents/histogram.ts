/** How many incidents occurred in each step of a stretch of time: the bars of the timeline. */
import type { IncidentColumns } from './columns.ts';
import { rowAt } from './window.ts';

/**
 * Counts by step: entry i counts what occurred in [start + i·step, start + (i + 1)·step).
 *
 * @param start second since 1970-01-01T00:00:00Z at which the first step begins; need not be whole
 * @param step seconds, more than 0; need not be whole, as a bar of the timeline is as wide as its pixels
 * @param count steps
 * @param keeps rows that count, by their number in `columns`; null where all do
 * @throws RangeError where `step` is not above 0 or `count` is no whole number from 0
 */
export function histogramOf(
  columns: IncidentColumns,
  start: number,
  step: number,
  count: number,
  keeps: ((row: number) => boolean) | null,
): Uint32Array {
  if (!(step > 0)) throw new RangeError(`step: ${step} is not above 0`);
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`count: ${count} is no whole number from 0`);
  const counts = new Uint32Array(count);
  const { occurred_at } = columns;
  // Rows are in time order: one walk, in which the step only ever moves on. The end of a step is computed as the start of
  // the next one is, so that no rounding counts a row twice or not at all.
  let row = rowAt(columns, start);
  for (let i = 0; i < count; i++) {
    const end = start + (i + 1) * step;
    let kept = 0;
    for (; row < columns.length && occurred_at[row]! < end; row++) if (keeps === null || keeps(row)) kept++;
    counts[i] = kept;
  }
  return counts;
}
