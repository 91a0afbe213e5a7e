/** Unions of cells by cancelling the borders that they share: exact, and no clipping library. */
import { halfEdges } from './edges.ts';
import type { CellId, Mesh, Polygon } from './mesh.ts';
import { assemblePolygons, traceRings } from './trace.ts';

/**
 * Union of the cells that share a key, e.g. grids by township. Results carry every node of their cells' outer borders,
 * so that they tile as exactly as the cells do; holes, enclaves and detached parts come out as such. Rings are oriented
 * as in `Mesh`, polygons of a key come largest first.
 *
 * A cell whose key is null is left out. Keys come in the order in which the mesh's cells first name them.
 * Where the mesh is no tiling (see `check`), borders that do not match stay in the result.
 */
export function dissolve(mesh: Mesh, keyOf: (id: CellId) => string | null): Map<string, Polygon[]> {
  const edges = halfEdges(mesh);
  const keys = new Map<CellId, string | null>();
  const kept = new Map<string, { from: number[]; to: number[] }>();
  for (const id of mesh.cells.keys()) {
    const key = keyOf(id);
    keys.set(id, key);
    if (key !== null && !kept.has(key)) kept.set(key, { from: [], to: [] });
  }
  for (let e = 0; e < edges.count; e++) {
    const key = keys.get(edges.cell[e]!)!;
    if (key === null) continue;
    const twin = edges.twin[e]!;
    if (twin >= 0 && keys.get(edges.cell[twin]!) === key) continue;
    const border = kept.get(key)!;
    border.from.push(edges.from[e]!);
    border.to.push(edges.to[e]!);
  }
  const result = new Map<string, Polygon[]>();
  for (const [key, border] of kept) {
    result.set(key, assemblePolygons(traceRings(edges.nodes, border.from, border.to)));
  }
  return result;
}

/** The outline: union of all cells, with the cells' nodes on it. Store this one, not the ring it was drawn from. */
export function outlineOf(mesh: Mesh): Polygon[] {
  return dissolve(mesh, () => '').get('') ?? [];
}
