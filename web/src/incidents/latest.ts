import type { IncidentColumns } from '@wangge/geodata/incidents/columns';

/** Row numbers of the newest `count` reports that lie within, newest first: the columns stand in time order. */
export function latestRows(columns: IncidentColumns, count: number, within: (row: number) => boolean): number[] {
  const rows: number[] = [];
  for (let row = columns.length - 1; row >= 0 && rows.length < count; row--) if (within(row)) rows.push(row);
  return rows;
}
