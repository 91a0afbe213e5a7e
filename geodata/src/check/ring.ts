import type { Mesh, Ring } from '../mesh/mesh.ts';
import { doubleArea } from '../mesh/ring.ts';
import { errorAt, type Issue } from './issue.ts';

/**
 * Rings that are none: fewer than three nodes, a node twice in a row, no area, or turned the wrong way (outer rings run
 * counter-clockwise, holes clockwise). Also cells without any ring.
 */
export function ringIssues(mesh: Mesh): Issue[] {
  const issues: Issue[] = [];
  for (const cell of mesh.cells.values()) {
    if (cell.polygons.length === 0 || cell.polygons.some((rings) => rings.length === 0)) {
      issues.push(errorAt('ring', [cell.id], null));
    }
    for (const polygon of cell.polygons) {
      polygon.forEach((ring, i) => {
        const area = doubleArea(ring);
        if (ring.length < 2) issues.push(errorAt('ring', [cell.id], null));
        else if (ring.length < 6 || area === 0 || area > 0 !== (i === 0)) {
          issues.push(errorAt('ring', [cell.id], [ring[0]!, ring[1]!]));
        }
        for (const k of standstills(ring)) issues.push(errorAt('ring', [cell.id], [ring[k]!, ring[k + 1]!]));
      });
    }
  }
  return issues;
}

/** Offsets of nodes that equal the one after them. */
function* standstills(ring: Ring): Generator<number> {
  for (let k = 0; k < ring.length; k += 2) {
    const n = (k + 2) % ring.length;
    if (n !== k && ring[k] === ring[n] && ring[k + 1] === ring[n + 1]) yield k;
  }
}
