import { queryOptions } from '@tanstack/react-query';
import type { GridFeatures, GridProperties } from '../map/contract.ts';
import { askJson } from '../ui/request.ts';

/** All properties of `/ogc/collections/grids/items`. */
export interface GridRecord extends GridProperties {
  readonly township_code: string;
  readonly township_name: string;
  readonly households: number | null;
  readonly population: number | null;
  readonly full_time: number | null;
  readonly stability: number | null;
  readonly auxiliary: number | null;
  readonly on_post: number | null;
  readonly synthetic: boolean;
}

export type GridRecords = Omit<GridFeatures, 'features'> & {
  readonly features: readonly (GridFeatures['features'][number] & { readonly properties: GridRecord })[];
};

/** Every grid with its extent. Boundaries change by edition, not by the minute. */
export const gridsQuery = queryOptions({
  queryKey: ['grids'],
  queryFn: ({ signal }) => askJson<GridFeatures & GridRecords>('/ogc/collections/grids/items?limit=10000', signal),
  staleTime: 10 * 60_000,
});
