import { queryOptions } from '@tanstack/react-query';
import type { CentrePoint } from '../map/contract.ts';
import { askPoints } from '../ui/points.ts';

export const centresQuery = queryOptions({
  queryKey: ['centres'],
  queryFn: ({ signal }) => askPoints<Omit<CentrePoint, 'id' | 'lon' | 'lat'>>('centres', signal),
  staleTime: 10 * 60_000,
});
