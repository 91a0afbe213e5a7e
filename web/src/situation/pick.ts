/** The class that is picked out: which grids are in it. */
import { FEW } from '@wangge/geodata/incidents/suppress';
import type { AreaNode } from '../divisions/areas.ts';
import type { CoverageClass } from '../map/contract.ts';
import { classOf, type ValueClass } from './classes.ts';
import { COVERAGE_CLASSES, coverageOf, type Measure } from './measure.ts';

/** No data, as it stands in the address. */
export const NO_DATA = 'none';

/** A class as it stands in the address: its lower end, or `few` for that of withheld small counts. */
export const pickOf = ({ from }: ValueClass): string => (from === FEW ? 'few' : String(from));

/** Index of the class that holds the grid, in the order of the legend; null for no data. */
export function shadeOf(measure: Measure, grid: AreaNode, value: number | null, classes: readonly ValueClass[]) {
  if (measure !== 'coverage') return classOf(value, classes);
  const coverage = coverageOf(grid.totals);
  return coverage === 'unknown' ? null : COVERAGE_CLASSES.indexOf(coverage);
}

/** Index of the picked class; null for no data; undefined where nothing, or no class of this measure, is picked. */
export function pickedShade(
  measure: Measure,
  pick: string | null,
  classes: readonly ValueClass[],
): number | null | undefined {
  if (pick === null) return undefined;
  if (pick === NO_DATA || pick === ('unknown' satisfies CoverageClass)) return null;
  const index =
    measure === 'coverage'
      ? (COVERAGE_CLASSES as readonly string[]).indexOf(pick)
      : classes.findIndex((c) => pickOf(c) === pick);
  return index === -1 ? undefined : index;
}

/** The grids of the picked class among `grids`, in their order. */
export function pickedGrids(
  grids: readonly AreaNode[],
  measure: Measure,
  pick: string | null,
  values: ReadonlyMap<string, number | null>,
  classes: readonly ValueClass[],
): AreaNode[] {
  const shade = pickedShade(measure, pick, classes);
  if (shade === undefined) return [];
  return grids.filter((grid) => shadeOf(measure, grid, values.get(grid.code) ?? null, classes) === shade);
}
