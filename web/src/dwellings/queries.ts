import { queryOptions } from '@tanstack/react-query';
import type { DwellingPoint } from '../map/contract.ts';
import { askPoints } from '../ui/points.ts';

/** Settlement cells with households and population; no residents. */
export const dwellingsQuery = queryOptions({
  queryKey: ['dwellings'],
  queryFn: ({ signal }) => askPoints<Omit<DwellingPoint, 'id' | 'lon' | 'lat'>>('dwellings', signal),
  staleTime: 10 * 60_000,
});
