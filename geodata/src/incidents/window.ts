import type { IncidentColumns } from './columns.ts';

/** The first row at or after a second; `length` where there is none. */
export function rowAt(columns: IncidentColumns, second: number): number {
  let low = 0;
  let high = columns.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (columns.occurred_at[middle]! < second) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The incidents that occurred in [from, to), in seconds since 1970-01-01T00:00:00Z. Views on the same memory, nothing is
 * copied; empty where `to` is not after `from`.
 */
export function windowOf(columns: IncidentColumns, from: number, to: number): IncidentColumns {
  const start = rowAt(columns, from);
  const end = Math.max(start, rowAt(columns, to));
  return {
    length: end - start,
    id: columns.id.subarray(start, end),
    occurred_at: columns.occurred_at.subarray(start, end),
    lon: columns.lon.subarray(start, end),
    lat: columns.lat.subarray(start, end),
    grid: columns.grid.subarray(start, end),
    area: columns.area.subarray(start, end),
    category: columns.category.subarray(start, end),
    kind: columns.kind.subarray(start, end),
    urgency: columns.urgency.subarray(start, end),
    state: columns.state.subarray(start, end),
    areas: columns.areas,
    categories: columns.categories,
  };
}
