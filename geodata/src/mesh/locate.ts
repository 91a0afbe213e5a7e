/** Which cell a point lies in. */
import Flatbush from 'flatbush';
import type { Cell, CellId, Mesh, Polygon } from './mesh.ts';
import { type Box, boxOf, sideOfPolygon } from './ring.ts';

/** Arguments are lattice integers (`toLattice`); null outside every cell. */
export type Locator = (lonLattice: number, latLattice: number) => CellId | null;

/**
 * Builds the index and returns the look-up. Exact integer arithmetic, no tolerance: where several cells hold the point,
 * as on a shared border or node, it belongs to the smallest id, the same rule as in SQL
 * (`ST_Intersects(geom, point) ORDER BY id LIMIT 1`).
 */
export function meshLocator(mesh: Mesh): Locator {
  const polygons: { readonly id: CellId; readonly polygon: Polygon }[] = [];
  for (const cell of mesh.cells.values()) for (const polygon of cell.polygons) polygons.push({ id: cell.id, polygon });
  if (polygons.length === 0) return () => null;
  const index = new Flatbush(polygons.length, 8);
  for (const { polygon } of polygons) index.add(...boxOf([polygon]));
  index.finish();
  return (lon, lat) => {
    let owner: CellId | null = null;
    for (const i of index.search(lon, lat, lon, lat)) {
      const { id, polygon } = polygons[i]!;
      if ((owner === null || id < owner) && sideOfPolygon(polygon, lon, lat) >= 0) owner = id;
    }
    return owner;
  };
}

/** Whether a lattice point lies in a cell or on its border. */
export function covers(cell: Cell, lonLattice: number, latLattice: number): boolean {
  return cell.polygons.some((polygon) => sideOfPolygon(polygon, lonLattice, latLattice) >= 0);
}

/** `[west, south, east, north]` of a cell in lattice units. */
export function boundsOf(cell: Cell): Box {
  return boxOf(cell.polygons);
}
