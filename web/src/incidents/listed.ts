/** Which incidents a list shows, and in which order. */
import type { IncidentColumns } from '@wangge/geodata/incidents/columns';

/**
 * Row numbers in the order of the list: the columns stand in time order.
 *
 * @param since only incidents with a greater id; null for all
 */
export function listed(columns: IncidentColumns, since: number | null, newestFirst: boolean): Uint32Array {
  const rows = Uint32Array.from({ length: columns.length }, (_, row) => row);
  const list = since === null ? rows : rows.filter((row) => columns.id[row]! > since);
  return newestFirst ? list.reverse() : list;
}

/** Place of an incident in the list; −1 where it is not in it. */
export function indexOfId(columns: IncidentColumns, list: Uint32Array, id: number): number {
  for (let i = 0; i < list.length; i++) if (columns.id[list[i]!] === id) return i;
  return -1;
}
