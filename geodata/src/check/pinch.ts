import type { Mesh } from '../mesh/mesh.ts';
import { NodeIndex } from '../mesh/nodes.ts';
import { errorAt, type Issue } from './issue.ts';

/**
 * A cell that touches itself in a node. Within one ring that is no valid polygon: an error. Two rings of a cell may
 * touch, but land then hangs together, or closes around another cell, by a single point that the next edit tears: a
 * warning.
 */
export function pinchIssues(mesh: Mesh): Issue[] {
  const issues: Issue[] = [];
  for (const cell of mesh.cells.values()) {
    const nodes = new NodeIndex();
    const seenIn: { ring: number; at: number }[] = [];
    let r = 0;
    for (const ring of cell.polygons.flat()) {
      for (let k = 0; k < ring.length; k += 2) {
        const node = nodes.intern(ring[k]!, ring[k + 1]!);
        const seen = seenIn[node];
        if (!seen) {
          seenIn[node] = { ring: r, at: k };
          continue;
        }
        // The same node twice in a row is no pinch but a standstill, see `ring`.
        if (seen.ring === r && (k - seen.at === 2 || k - seen.at === ring.length - 2)) continue;
        const issue = errorAt('pinch', [cell.id], [ring[k]!, ring[k + 1]!]);
        issues.push(seen.ring === r ? issue : { ...issue, severity: 'warning' });
      }
      r++;
    }
  }
  return issues;
}
