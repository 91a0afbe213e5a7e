/**
 * The classes of the map's measure. While time is dragged they are those from which it was dragged, and a playback takes
 * them once from all that it will show: the colour of a place then changes because the place does, never the scale.
 */
import { useMemo, useRef } from 'react';
import type { AreaTree } from '../divisions/areas.ts';
import { suppressTree } from '../divisions/suppressed.ts';
import { classesOf, RATE_STEP, type ValueClass } from './classes.ts';
import { rowsAt, treeOf } from './counted.ts';
import { type Measure, measured } from './measure.ts';
import { samplesOf } from './playback.ts';
import type { Shown } from './useFigures.ts';
import type { Time } from './useTime.ts';

/** So many windows speak for a playback. */
export const SAMPLES = 12;

const valuesOf = (tree: AreaTree, measure: Measure): (number | null)[] =>
  tree.grids.map((grid) => measured(measure, grid.totals));
const classesFor = (measure: Measure, values: Iterable<number | null>): ValueClass[] =>
  measure === 'coverage' ? [] : classesOf(values, measure === 'per1000' ? RATE_STEP : 1);

/** The measure of every grid of the county, and its classes. */
export function useScale(
  shown: Shown | null,
  measure: Measure,
  time: Time,
  reception: boolean,
): { values: ReadonlyMap<string, number | null>; classes: readonly ValueClass[] } {
  const tree = shown?.tree ?? null;
  const values = useMemo(() => {
    const grids = tree?.grids ?? [];
    return new Map(grids.map((grid) => [grid.code, measured(measure, grid.totals)]));
  }, [tree, measure]);
  const { playback, moving } = time;
  const filter = shown?.filter;
  const first = playback?.first;
  const range = playback?.range;
  // What comes in while it is played does not move the scale either: the first that is held is sampled.
  const source = useRef<Shown | null>(null);
  if (first === undefined) source.current = null;
  else if (shown?.held && shown.places) source.current ??= shown;
  const ready = source.current !== null;
  const played = useMemo(() => {
    const from = source.current;
    if (!ready || !from?.held || !from.places || !first || !range || !filter) return null;
    const { base, places, held } = from;
    const samples = samplesOf(first, range, SAMPLES).map((window) =>
      treeOf(rowsAt(held, window, filter), base, places),
    );
    return classesFor(
      measure,
      samples.flatMap((sample) => valuesOf(reception ? suppressTree(sample) : sample, measure)),
    );
  }, [ready, first, range, filter, measure, reception]);
  const rested = useRef<{ key: string; classes: readonly ValueClass[] } | null>(null);
  const key = `${measure} ${reception} ${JSON.stringify(filter)}`;
  const own = useMemo(() => classesFor(measure, values.values()), [measure, values]);
  if (!moving || rested.current?.key !== key) rested.current = { key, classes: own };
  return { values, classes: played ?? rested.current.classes };
}
