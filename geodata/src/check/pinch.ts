import { nodeKey } from '../mesh/lattice.ts';
import type { Mesh } from '../mesh/mesh.ts';
import { errorAt, type Issue } from './issue.ts';

/** A ring that passes through one node twice; two rings of a cell may touch in a node, one ring may not. */
export function pinchIssues(mesh: Mesh): Issue[] {
  const issues: Issue[] = [];
  for (const cell of mesh.cells.values()) {
    for (const ring of cell.polygons.flat()) {
      const seen = new Set<string>();
      for (let k = 0; k < ring.length; k += 2) {
        const key = nodeKey(ring[k]!, ring[k + 1]!);
        if (seen.has(key)) issues.push(errorAt('pinch', [cell.id], ring[k]!, ring[k + 1]!));
        seen.add(key);
      }
    }
  }
  return issues;
}
