import { halfEdges } from '../mesh/edges.ts';
import type { CellId, Mesh, Ring } from '../mesh/mesh.ts';
import { NodeIndex } from '../mesh/nodes.ts';
import { doubleArea } from '../mesh/ring.ts';
import { traceRings } from '../mesh/trace.ts';
import { errorAt, type Issue } from './issue.ts';

/**
 * Land that belongs to nobody. Edges without a neighbour, walked with the bare land on their left, bound either the
 * world around the mesh or a gap; the ones that turn counter-clockwise enclose a gap.
 *
 * @param outline rings of the land to be covered, oriented as in `Mesh` and carrying the cells' nodes (`outlineOf`).
 * Without it a cell that is missing at the rim is not seen, because the mesh then only ends earlier.
 */
export function gapIssues(mesh: Mesh, outline?: readonly Ring[]): Issue[] {
  const edges = halfEdges(mesh);
  const nodes = new NodeIndex();
  const from: number[] = [];
  const to: number[] = [];
  const cellsAt = new Map<number, Set<CellId>>();
  // Land to be covered that an outline's edge promises; cancelled by the edge of a cell that keeps the promise.
  const promised = new Set<string>();
  for (const ring of outline ?? []) {
    for (let k = 0; k < ring.length; k += 2) {
      const n = (k + 2) % ring.length;
      promised.add(`${nodes.intern(ring[k]!, ring[k + 1]!)} ${nodes.intern(ring[n]!, ring[n + 1]!)}`);
    }
  }
  for (let e = 0; e < edges.count; e++) {
    if (edges.twin[e]! >= 0) continue;
    const a = nodes.intern(edges.nodes.lon(edges.from[e]!), edges.nodes.lat(edges.from[e]!));
    const b = nodes.intern(edges.nodes.lon(edges.to[e]!), edges.nodes.lat(edges.to[e]!));
    if (promised.delete(`${a} ${b}`)) continue;
    from.push(b);
    to.push(a);
    for (const node of [a, b]) cellsAt.set(node, (cellsAt.get(node) ?? new Set()).add(edges.cell[e]!));
  }
  for (const edge of promised) {
    const [a, b] = edge.split(' ').map(Number) as [number, number];
    from.push(a);
    to.push(b);
  }
  const issues: Issue[] = [];
  for (const ring of traceRings(nodes, from, to)) {
    if (doubleArea(ring) <= 0) continue;
    const cells = new Set<CellId>();
    for (let k = 0; k < ring.length; k += 2) {
      for (const id of cellsAt.get(nodes.find(ring[k]!, ring[k + 1]!)) ?? []) cells.add(id);
    }
    issues.push(errorAt('gap', cells, westmost(ring)));
  }
  return issues;
}

/** A node that does not depend on where the walk began. */
function westmost(ring: Ring): [number, number] {
  let best = 0;
  for (let k = 2; k < ring.length; k += 2) {
    if (ring[k]! < ring[best]! || (ring[k] === ring[best] && ring[k + 1]! < ring[best + 1]!)) best = k;
  }
  return [ring[best]!, ring[best + 1]!];
}
