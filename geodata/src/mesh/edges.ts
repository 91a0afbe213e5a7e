/**
 * Directed half-edges of a mesh, paired: the cell of a half-edge lies on its left, and the half-edge that runs the other
 * way between the same nodes belongs to the cell on its right. In a tiling every half-edge has exactly one such twin,
 * except along the outline, where it has none.
 */
import type { CellId, Mesh } from './mesh.ts';
import { NodeIndex } from './nodes.ts';

export interface HalfEdges {
  readonly nodes: NodeIndex;
  readonly count: number;
  /** Node numbers by half-edge. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Cell on the left, by half-edge. */
  readonly cell: Float64Array;
  /** The half-edge that runs the other way, or -1. */
  readonly twin: Int32Array;
  /** Pairs of half-edges that run along each other in the same direction: two cells claim the same side. */
  readonly repeated: readonly (readonly [earlier: number, later: number])[];
}

/** Cell on the right of a half-edge, or null on the outline. */
export function rightOf(edges: HalfEdges, edge: number): CellId | null {
  const twin = edges.twin[edge]!;
  return twin < 0 ? null : edges.cell[twin]!;
}

// A mesh never changes, and dissolving by township, then by village, should pair once.
const paired = new WeakMap<Mesh, HalfEdges>();

/** Pairs all half-edges of the mesh; remembered per mesh. Edges of zero length are left out. */
export function halfEdges(mesh: Mesh): HalfEdges {
  let edges = paired.get(mesh);
  if (!edges) {
    edges = pair(mesh);
    paired.set(mesh, edges);
  }
  return edges;
}

function pair(mesh: Mesh): HalfEdges {
  let capacity = 0;
  for (const cell of mesh.cells.values())
    for (const polygon of cell.polygons) for (const ring of polygon) capacity += ring.length / 2;
  const nodes = new NodeIndex();
  const from = new Int32Array(capacity);
  const to = new Int32Array(capacity);
  const cells = new Float64Array(capacity);
  let count = 0;
  for (const cell of mesh.cells.values()) {
    for (const polygon of cell.polygons) {
      for (const ring of polygon) {
        if (ring.length < 4) continue;
        let a = nodes.intern(ring[ring.length - 2]!, ring[ring.length - 1]!);
        for (let i = 0; i < ring.length; i += 2) {
          const b = nodes.intern(ring[i]!, ring[i + 1]!);
          if (a !== b) {
            from[count] = a;
            to[count] = b;
            cells[count] = cell.id;
            count++;
          }
          a = b;
        }
      }
    }
  }
  // Half-edges by start node: few leave a node, so the search for a twin is a short scan.
  const first = new Int32Array(nodes.size).fill(-1);
  const next = new Int32Array(count);
  const twin = new Int32Array(count).fill(-1);
  const repeated: [number, number][] = [];
  for (let e = 0; e < count; e++) {
    const a = from[e]!;
    const b = to[e]!;
    for (let o = first[a]!; o >= 0; o = next[o]!) {
      if (to[o] === b) repeated.push([o, e]);
    }
    for (let o = first[b]!; o >= 0; o = next[o]!) {
      if (to[o] === a && twin[o]! < 0) {
        twin[o] = e;
        twin[e] = o;
        break;
      }
    }
    next[e] = first[a]!;
    first[a] = e;
  }
  return {
    nodes,
    count,
    from: from.subarray(0, count),
    to: to.subarray(0, count),
    cell: cells.subarray(0, count),
    twin,
    repeated,
  };
}

/** By cell: the cells with which it shares at least one whole edge; touching in a node does not count. */
export function neighbours(mesh: Mesh): Map<CellId, Set<CellId>> {
  const edges = halfEdges(mesh);
  const found = new Map<CellId, Set<CellId>>();
  for (const id of mesh.cells.keys()) found.set(id, new Set());
  for (let e = 0; e < edges.count; e++) {
    const right = rightOf(edges, e);
    if (right !== null && right !== edges.cell[e]) found.get(edges.cell[e]!)!.add(right);
  }
  return found;
}
