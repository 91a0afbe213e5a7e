import { useMemo } from 'react';
import type { AreaTree } from '../divisions/areas.ts';
import { classesOf, RATE_STEP, type ValueClass } from './classes.ts';
import { type Measure, measured } from './measure.ts';

/** The measure of every grid of the county, and its classes. */
export function useShades(
  tree: AreaTree | null,
  measure: Measure,
): { values: ReadonlyMap<string, number | null>; classes: readonly ValueClass[] } {
  return useMemo(() => {
    const values = new Map<string, number | null>();
    for (const grid of tree?.grids ?? []) values.set(grid.code, measured(measure, grid.totals));
    const classes = measure === 'coverage' ? [] : classesOf(values.values(), measure === 'per1000' ? RATE_STEP : 1);
    return { values, classes };
  }, [tree, measure]);
}
