import type { Mesh } from '../mesh/mesh.ts';
import { doubleArea } from '../mesh/ring.ts';
import { errorAt, type Issue } from './issue.ts';

/** Rings with fewer than three nodes, a node twice in a row, no area, or turned the wrong way. */
export function ringIssues(mesh: Mesh): Issue[] {
  const issues: Issue[] = [];
  for (const cell of mesh.cells.values()) {
    if (cell.polygons.length === 0) {
      issues.push({ id: `ring:${cell.id}`, rule: 'ring', severity: 'error', cells: [cell.id], at: null });
    }
    for (const polygon of cell.polygons) {
      polygon.forEach((ring, i) => {
        const [x, y] = [ring[0] ?? 0, ring[1] ?? 0];
        const area = doubleArea(ring);
        if (ring.length < 6 || area === 0 || area > 0 !== (i === 0)) issues.push(errorAt('ring', [cell.id], x, y));
        for (let k = 0; k < ring.length; k += 2) {
          const n = (k + 2) % ring.length;
          if (ring[k] === ring[n] && ring[k + 1] === ring[n + 1]) {
            issues.push(errorAt('ring', [cell.id], ring[k]!, ring[k + 1]!));
          }
        }
      });
    }
  }
  return issues;
}
