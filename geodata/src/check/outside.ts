import { halfEdges } from '../mesh/edges.ts';
import type { CellId, Mesh, Ring } from '../mesh/mesh.ts';
import { sideOfRing } from '../mesh/ring.ts';
import { errorAt, type Issue } from './issue.ts';

/**
 * Cells that reach beyond the land they may cover: an unshared edge of theirs runs outside the outline. One issue a cell.
 * @param outline rings of the land, outer and holes in any order (`outlineOf(base).flat()`).
 */
export function outsideIssues(mesh: Mesh, outline: readonly Ring[]): Issue[] {
  const edges = halfEdges(mesh);
  const beyond = new Map<CellId, Issue>();
  for (let e = 0; e < edges.count; e++) {
    const cell = edges.cell[e]!;
    if (edges.twin[e]! >= 0 || beyond.has(cell)) continue;
    const [a, b] = [edges.from[e]!, edges.to[e]!];
    const [ax, ay, bx, by] = [edges.nodes.lon(a), edges.nodes.lat(a), edges.nodes.lon(b), edges.nodes.lat(b)];
    const outside = (
      [
        [ax, ay],
        [bx, by],
        [(ax + bx) / 2, (ay + by) / 2],
      ] as const
    ).find(([x, y]) => !covered(outline, x, y));
    if (outside) beyond.set(cell, errorAt('outside', [cell], [Math.round(outside[0]), Math.round(outside[1])]));
  }
  return [...beyond.values()];
}

/** Even-odd over all rings; on any ring counts as covered. */
function covered(outline: readonly Ring[], x: number, y: number): boolean {
  let inside = false;
  for (const ring of outline) {
    const side = sideOfRing(ring, x, y);
    if (side === 0) return true;
    if (side > 0) inside = !inside;
  }
  return inside;
}
