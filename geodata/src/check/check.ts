import type { Mesh, Ring } from '../mesh/mesh.ts';
import { crossingIssues } from './crossing.ts';
import { gapIssues } from './gap.ts';
import type { Issue } from './issue.ts';
import { overlapIssues } from './overlap.ts';
import { pinchIssues } from './pinch.ts';
import { ringIssues } from './ring.ts';

/**
 * Everything that keeps a mesh from being a tiling, worst first; empty means that every point of the land lies in
 * exactly one cell.
 * @param outline rings of the land; where given, the cells must cover exactly that
 */
export function check(mesh: Mesh, options: { readonly outline?: readonly Ring[] } = {}): Issue[] {
  const found = [
    ...ringIssues(mesh),
    ...crossingIssues(mesh),
    ...overlapIssues(mesh),
    ...gapIssues(mesh, options.outline),
    ...pinchIssues(mesh),
  ];
  return [...new Map(found.map((issue) => [issue.id, issue])).values()];
}
