import { HalfEdges } from '../mesh/edges.ts';
import type { Mesh } from '../mesh/mesh.ts';
import { errorAt, type Issue } from './issue.ts';

/** Two cells on the same side of an edge. Cells that overlap without sharing an edge cross: see `crossing`. */
export function overlapIssues(mesh: Mesh): Issue[] {
  const half = new HalfEdges(mesh);
  const issues: Issue[] = [];
  for (const edge of half.all()) {
    const same = half.same(edge);
    if (same.length > 1 && same[0] === edge) {
      issues.push(
        errorAt(
          'overlap',
          same.map((e) => e.cell),
          edge.ax,
          edge.ay,
        ),
      );
    }
  }
  return issues;
}
