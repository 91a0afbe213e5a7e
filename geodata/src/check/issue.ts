import { toDegrees } from '../mesh/lattice.ts';
import type { CellId } from '../mesh/mesh.ts';

export type Severity = 'error' | 'warning';

/** Something about a mesh that is not as it must be. */
export interface Issue {
  /** The same defect has the same id in every run. */
  readonly id: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly cells: readonly CellId[];
  /** `[lon, lat]` degrees. */
  readonly at: readonly [number, number] | null;
}

/** An error of a rule at a lattice node. */
export function errorAt(rule: string, cells: Iterable<CellId>, x: number, y: number): Issue {
  const ids = [...new Set(cells)].sort((a, b) => a - b);
  return {
    id: `${rule}:${ids.join('+')}@${x},${y}`,
    rule,
    severity: 'error',
    cells: ids,
    at: [toDegrees(x), toDegrees(y)],
  };
}
