import { useQuery } from '@tanstack/react-query';
import type { OverviewAnswer } from '@wangge/api/county/schema';
import { useMemo, useRef } from 'react';
import { overviewQuery } from '../county/queries.ts';
import { type AreaTree, growTree } from '../divisions/areas.ts';
import type { Window } from './period.ts';

/**
 * The tree of the county with its figures. It grows level by level on the first load, so that townships stand before
 * the grids are there; later it changes as a whole, so that two periods are never mixed.
 */
export function useTree(
  county: string,
  window: Window,
): {
  tree: AreaTree | null;
  overview: OverviewAnswer | null;
  error: Error | null;
  /** What was asked for is on its way; what is shown is what was asked for before. */
  waiting: boolean;
  /** The last attempt to renew the figures failed. */
  stale: boolean;
  retry: () => void;
} {
  const township = useQuery(overviewQuery(county, window, 'township'));
  const village = useQuery(overviewQuery(county, window, 'village'));
  const grid = useQuery(overviewQuery(county, window, 'grid'));
  const all = [township, village, grid];
  const waiting = all.some((query) => query.isPlaceholderData);
  const grown = useMemo(() => {
    if (!township.data) return null;
    const answers = [township.data, village.data, grid.data].filter((answer) => answer !== undefined);
    // A finer level without the one above it would hang under the county.
    const usable = village.data ? answers : answers.slice(0, 1);
    return { tree: growTree(usable), overview: township.data };
  }, [township.data, village.data, grid.data]);
  const last = useRef(grown);
  if (!waiting && grown) last.current = grown;
  const shown = last.current ?? grown;
  return {
    tree: shown?.tree ?? null,
    overview: shown?.overview ?? null,
    error: all.find((query) => query.error)?.error ?? null,
    waiting,
    stale: all.some((query) => query.isError),
    retry: () => {
      for (const query of all) void query.refetch();
    },
  };
}
