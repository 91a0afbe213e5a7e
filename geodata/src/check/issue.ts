import { toDegrees } from '../mesh/lattice.ts';
import type { CellId } from '../mesh/mesh.ts';

export type Severity = 'error' | 'warning';

export type Rule = 'ring' | 'pinch' | 'crossing' | 'overlap' | 'gap' | 'outside';

/** Something about a mesh that is not as it must be. */
export interface Issue {
  /** The same defect has the same id in every run. */
  readonly id: string;
  readonly rule: Rule;
  readonly severity: Severity;
  /** Smallest id first; empty where no cell is at fault, as in land that none covers. */
  readonly cells: readonly CellId[];
  /** `[lon, lat]` degrees, a place to fly to; null where there is none. */
  readonly at: readonly [number, number] | null;
}

/** An error of a rule at a lattice point, or at no place in particular. */
export function errorAt(rule: Rule, cells: Iterable<CellId>, point: readonly [x: number, y: number] | null): Issue {
  const ids = [...new Set(cells)].sort((a, b) => a - b);
  return {
    id: `${rule}:${ids.join('+')}${point ? `@${point[0]},${point[1]}` : ''}`,
    rule,
    severity: 'error',
    cells: ids,
    at: point && [toDegrees(point[0]), toDegrees(point[1])],
  };
}
