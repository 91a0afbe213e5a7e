import Flatbush from 'flatbush';
import { halfEdges } from '../mesh/edges.ts';
import type { CellId, Mesh, Polygon } from '../mesh/mesh.ts';
import { boxOf, sideOfPolygon } from '../mesh/ring.ts';
import { errorAt, type Issue } from './issue.ts';

/**
 * Land that belongs to two cells. How many cells cover a place changes only at edges without a twin, so it is enough to
 * look there: two cells on the same side of an edge, or an unshared edge whose middle lies inside another cell.
 * (Overlaps bounded by crossing edges are `crossing` issues as well.)
 */
export function overlapIssues(mesh: Mesh): Issue[] {
  const edges = halfEdges(mesh);
  const pairs = new Map<string, Issue>();
  const report = (a: CellId, b: CellId, at: readonly [number, number]) => {
    const pair = a < b ? `${a}+${b}` : `${b}+${a}`;
    // One issue for a pair: a duplicated cell overlaps along every edge.
    if (!pairs.has(pair)) pairs.set(pair, errorAt('overlap', [a, b], at));
  };
  const polygons: { readonly id: CellId; readonly polygon: Polygon }[] = [];
  for (const cell of mesh.cells.values()) {
    for (const polygon of cell.polygons) if (polygon[0]?.length) polygons.push({ id: cell.id, polygon });
  }
  if (polygons.length === 0) return [];
  const index = new Flatbush(polygons.length);
  for (const { polygon } of polygons) index.add(...boxOf([polygon]));
  index.finish();

  const { nodes } = edges;
  for (const [earlier, later] of edges.repeated) {
    const a = edges.from[later]!;
    report(edges.cell[earlier]!, edges.cell[later]!, [nodes.lon(a), nodes.lat(a)]);
  }
  for (let e = 0; e < edges.count; e++) {
    if (edges.twin[e]! >= 0) continue;
    const a = edges.from[e]!;
    const b = edges.to[e]!;
    // Half-integers: still exact in the side test.
    const x = (nodes.lon(a) + nodes.lon(b)) / 2;
    const y = (nodes.lat(a) + nodes.lat(b)) / 2;
    for (const i of index.search(x, y, x, y)) {
      const { id, polygon } = polygons[i]!;
      if (id !== edges.cell[e] && sideOfPolygon(polygon, x, y) > 0) {
        report(edges.cell[e]!, id, [Math.round(x), Math.round(y)]);
      }
    }
  }
  return [...pairs.values()];
}
