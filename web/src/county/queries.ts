import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { CountyAnswer, OverviewAnswer } from '@wangge/api/county/schema';
import type { Window } from '../situation/period.ts';
import { askJson } from '../ui/request.ts';

export const countyQuery = queryOptions({
  queryKey: ['county'],
  queryFn: ({ signal }) => askJson<CountyAnswer>('/api/county', signal),
  staleTime: Number.POSITIVE_INFINITY,
  // A service that starts, or is given its county, is noticed without a click.
  refetchInterval: ({ state }) => (state.status === 'error' ? 5000 : false),
});

export type PartLevel = 'township' | 'village' | 'grid';

/**
 * The whole county in its parts of one level. All areas of a level come in one answer, so that drilling down asks
 * nothing and every level stands at the same moment.
 */
export const overviewQuery = (county: string, { from, to }: Window, by: PartLevel) =>
  queryOptions({
    queryKey: ['overview', county, by, from, to],
    queryFn: ({ signal }) =>
      askJson<OverviewAnswer>(`/api/overview?area=${county}&from=${instant(from)}&to=${instant(to)}&by=${by}`, signal),
    // The last figures stay until the new ones are there, and when the service is away.
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    refetchInterval: 60_000,
  });

const instant = (second: number): string => new Date(second * 1000).toISOString().replace('.000Z', 'Z');
