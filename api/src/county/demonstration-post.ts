import type { Incident } from '@wangge/geodata/incidents/incident';
import type { Logger } from 'pino';
import type { IncidentReport, ReportAnswer } from '../incidents/schema.ts';

/** An incident as a reporting system would send it. */
export function reportOf(incident: Incident, gridCode: (id: number) => string | null): IncidentReport {
  const { point, grid_id, village_code, township_code } = incident;
  const grid_code = grid_id === null ? null : gridCode(grid_id);
  return {
    source: incident.source,
    external_id: incident.external_id,
    kind: incident.kind,
    category: incident.category,
    urgency: incident.urgency,
    state: incident.state,
    occurred_at: incident.occurred_at.toISOString(),
    reported_at: incident.reported_at.toISOString(),
    state_at: incident.state_at.toISOString(),
    ...(point
      ? { point: { lon: point[0], lat: point[1], crs: '4490' as const } }
      : grid_code !== null
        ? { grid_code }
        : village_code !== null
          ? { village_code }
          : township_code !== null
            ? { township_code }
            : {}),
  };
}

/**
 * Posts a batch to the public API.
 * @param url where it listens
 * @throws where it was not taken as a whole; single rows that are refused are logged, as trying again would not help
 */
export async function postReports(
  url: string,
  incidents: readonly Incident[],
  gridCode: (id: number) => string | null,
  signal: AbortSignal,
  log: Pick<Logger, 'warn'>,
): Promise<void> {
  const answer = await fetch(`${url}/api/incidents`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ incidents: incidents.map((incident) => reportOf(incident, gridCode)) }),
    signal: AbortSignal.any([signal, AbortSignal.timeout(20_000)]),
  });
  const body = (await answer.json()) as Partial<ReportAnswer> & { detail?: string };
  const refused = body.results?.filter((row) => row.fate === 'refused') ?? [];
  if (!body.results) throw new Error(`POST /api/incidents answered ${answer.status}: ${body.detail ?? ''}`);
  if (refused.length > 0)
    log.warn({ first: refused[0] }, `${refused.length} reports of the demonstration were refused`);
}
