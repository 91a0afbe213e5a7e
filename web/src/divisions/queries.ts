import { queryOptions } from '@tanstack/react-query';
import type { DivisionFeatures } from '../map/contract.ts';
import { askJson } from '../ui/request.ts';

/** Outlines of county, townships and villages; a division without a grid has none and is left out. */
export const divisionsQuery = queryOptions({
  queryKey: ['divisions'],
  queryFn: async ({ signal }): Promise<DivisionFeatures> => {
    const all = await askJson<DivisionFeatures>('/ogc/collections/divisions/items?limit=10000', signal);
    return { type: 'FeatureCollection', features: all.features.filter((feature) => feature.geometry !== null) };
  },
  staleTime: 10 * 60_000,
});
