/** One incident with everything that is known of it. */
import { queryOptions } from '@tanstack/react-query';
import type { IncidentAnswer } from '@wangge/api/incidents/listed-schema';
import { askJson } from '../ui/request.ts';

export const incidentQuery = (id: number) =>
  queryOptions({
    queryKey: ['incident', id],
    queryFn: ({ signal }) => askJson<IncidentAnswer>(`/api/incidents/${id}`, signal),
    staleTime: 60_000,
  });
