import { chainRings, type Edge, polygonsOf } from './chain.ts';
import { HalfEdges } from './edges.ts';
import type { CellId, Mesh, Polygon } from './mesh.ts';

/**
 * Unions of cells by key: an edge between two cells of the same key disappears, the others are chained. No clipping,
 * so the unions share every node with the cells and tile the same land.
 * @param keyOf the group of a cell, or null to leave it out
 */
export function dissolve(mesh: Mesh, keyOf: (id: CellId) => string | null): Map<string, Polygon[]> {
  const half = new HalfEdges(mesh);
  const groups = new Map<string, Edge[]>();
  for (const edge of half.all()) {
    const key = keyOf(edge.cell);
    if (key === null) continue;
    if (half.twins(edge).some((twin) => keyOf(twin.cell) === key)) continue;
    const edges = groups.get(key);
    if (edges) edges.push(edge);
    else groups.set(key, [edge]);
  }
  return new Map([...groups].map(([key, edges]) => [key, polygonsOf(chainRings(edges))]));
}

/** The land of the whole mesh. */
export function outlineOf(mesh: Mesh): Polygon[] {
  return dissolve(mesh, () => '').get('') ?? [];
}
