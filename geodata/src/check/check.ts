import type { Mesh, Ring } from '../mesh/mesh.ts';
import { crossingIssues } from './crossing.ts';
import { gapIssues } from './gap.ts';
import type { Issue } from './issue.ts';
import { outsideIssues } from './outside.ts';
import { overlapIssues } from './overlap.ts';
import { pinchIssues } from './pinch.ts';
import { ringIssues } from './ring.ts';

/**
 * Everything that keeps a mesh from being a tiling; empty means that every point of the land lies in exactly one cell.
 * Deterministic: the same mesh gives the same issues, rule by rule, each id once.
 *
 * @param options.outline rings of the land, with the cells' nodes on them: `outlineOf(base).flat()`. Where given, the
 * cells must cover exactly that; without it, land missing at the rim cannot be told from a smaller county.
 */
export function check(mesh: Mesh, options: { readonly outline?: readonly Ring[] } = {}): Issue[] {
  const { outline } = options;
  const issues = [
    ...ringIssues(mesh),
    ...pinchIssues(mesh),
    ...crossingIssues(mesh),
    ...overlapIssues(mesh),
    ...gapIssues(mesh, outline),
    ...(outline ? outsideIssues(mesh, outline) : []),
  ];
  return [...new Map(issues.map((issue) => [issue.id, issue])).values()];
}
