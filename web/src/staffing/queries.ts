import { queryOptions } from '@tanstack/react-query';
import type { StaffingPoint } from '../map/contract.ts';
import { askPoints } from '../ui/points.ts';

/** A point per assignment at the village office; no name, no telephone. */
export const staffingQuery = queryOptions({
  queryKey: ['staffing'],
  queryFn: ({ signal }) => askPoints<Omit<StaffingPoint, 'id' | 'lon' | 'lat'>>('staffing', signal),
  staleTime: 60_000,
});
