import type { IncidentColumns } from '@wangge/geodata/incidents/columns';
import { KINDS, STATES, URGENCIES } from '@wangge/geodata/incidents/incident';
import type { ReportLine } from './ReportList.tsx';

/** Row numbers of the newest `count` reports, newest first: the columns stand in time order. */
export const latestRows = (columns: IncidentColumns, count: number): number[] =>
  Array.from({ length: Math.min(count, columns.length) }, (_, i) => columns.length - 1 - i);

/** A row as a line of the list. */
export const lineOf = (columns: IncidentColumns, row: number): ReportLine => ({
  id: columns.id[row]!,
  kind: KINDS[columns.kind[row]!]!,
  category: columns.categories[columns.category[row]!]!,
  urgency: URGENCIES[columns.urgency[row]!]!,
  state: STATES[columns.state[row]!]!,
  at: new Date(columns.occurred_at[row]! * 1000),
});
