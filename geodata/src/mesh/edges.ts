import { nodeKey } from './lattice.ts';
import type { CellId, Mesh } from './mesh.ts';

/** A directed edge of a cell's ring; the cell lies on its left. */
export interface HalfEdge {
  readonly cell: CellId;
  readonly ax: number;
  readonly ay: number;
  readonly bx: number;
  readonly by: number;
}

const edgeKey = (ax: number, ay: number, bx: number, by: number): string => `${nodeKey(ax, ay)} ${nodeKey(bx, by)}`;

/** Every directed edge of every ring, in the order of cells and rings. */
export function* halfEdgesOf(mesh: Mesh): Generator<HalfEdge> {
  for (const cell of mesh.cells.values()) {
    for (const polygon of cell.polygons) {
      for (const ring of polygon) {
        let ax = ring[ring.length - 2]!;
        let ay = ring[ring.length - 1]!;
        for (let i = 0; i < ring.length; i += 2) {
          const bx = ring[i]!;
          const by = ring[i + 1]!;
          yield { cell: cell.id, ax, ay, bx, by };
          ax = bx;
          ay = by;
        }
      }
    }
  }
}

/** The half-edges of a mesh by direction: the twin of a → b is b → a, held by the neighbour or by nobody. */
export class HalfEdges {
  readonly #by = new Map<string, HalfEdge[]>();

  constructor(mesh: Mesh) {
    for (const edge of halfEdgesOf(mesh)) {
      const key = edgeKey(edge.ax, edge.ay, edge.bx, edge.by);
      const held = this.#by.get(key);
      if (held) held.push(edge);
      else this.#by.set(key, [edge]);
    }
  }

  /** All half-edges; where two cells hold the same direction, which is an overlap, both appear. */
  *all(): Generator<HalfEdge> {
    for (const held of this.#by.values()) yield* held;
  }

  /** Half-edges that run the same way: more than one is an overlap. */
  same(edge: HalfEdge): readonly HalfEdge[] {
    return this.#by.get(edgeKey(edge.ax, edge.ay, edge.bx, edge.by)) ?? [];
  }

  /** Half-edges that run the other way: the neighbour across, none on the outline or at a defect. */
  twins(edge: HalfEdge): readonly HalfEdge[] {
    return this.#by.get(edgeKey(edge.bx, edge.by, edge.ax, edge.ay)) ?? [];
  }
}

/** Pairs of neighbouring cells: those that share at least one whole edge. */
export function neighbours(mesh: Mesh): Map<CellId, Set<CellId>> {
  const edges = new HalfEdges(mesh);
  const out = new Map<CellId, Set<CellId>>();
  for (const id of mesh.cells.keys()) out.set(id, new Set());
  for (const edge of edges.all()) {
    for (const twin of edges.twins(edge)) if (twin.cell !== edge.cell) out.get(edge.cell)?.add(twin.cell);
  }
  return out;
}
