import type { Geometry, MultiPolygon, Polygon as PolygonGeometry, Position } from 'geojson';
import { toDegrees, toLattice } from './lattice.ts';
import type { Cell, CellId, Mesh, Polygon, Ring } from './mesh.ts';
import { doubleArea, reversed } from './ring.ts';

const positions = (ring: Ring): Position[] => {
  const out: Position[] = [];
  for (let i = 0; i < ring.length; i += 2) out.push([toDegrees(ring[i]!), toDegrees(ring[i + 1]!)]);
  out.push(out[0]!);
  return out;
};

/** RFC 7946: `[lon, lat]` degrees with at most 7 decimals, outer rings counter-clockwise, rings closed. */
export function polygonsGeometry(polygons: readonly Polygon[]): PolygonGeometry | MultiPolygon {
  const coordinates = polygons.map((polygon) => polygon.map(positions));
  return coordinates.length === 1
    ? { type: 'Polygon', coordinates: coordinates[0]! }
    : { type: 'MultiPolygon', coordinates };
}

/** A cell as GeoJSON, see `polygonsGeometry`. */
export const cellGeometry = (cell: Cell): PolygonGeometry | MultiPolygon => polygonsGeometry(cell.polygons);

/**
 * Rings of GeoJSON snapped to the lattice: repeated nodes dropped, outer rings turned counter-clockwise and holes
 * clockwise. Rings that have no area left on the lattice are dropped; nothing else is repaired.
 * @throws TypeError for a geometry other than Polygon or MultiPolygon
 */
export function polygonsFrom(geometry: Geometry): Polygon[] {
  if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') {
    throw new TypeError(`a grid's geometry must be Polygon or MultiPolygon, not ${geometry.type}`);
  }
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return polygons.flatMap((rings) => {
    const snapped = rings.map(snapRing);
    if (!snapped[0]) return [];
    return [snapped.flatMap((ring, i) => (ring ? [doubleArea(ring) > 0 === (i === 0) ? ring : reversed(ring)] : []))];
  });
}

function snapRing(positions: readonly Position[]): Ring | null {
  const nodes: number[] = [];
  for (const position of positions) {
    const x = toLattice(position[0]!);
    const y = toLattice(position[1]!);
    if (nodes.at(-2) !== x || nodes.at(-1) !== y) nodes.push(x, y);
  }
  while (nodes.length > 2 && nodes.at(-2) === nodes[0] && nodes.at(-1) === nodes[1]) nodes.length -= 2;
  const ring = Int32Array.from(nodes);
  return ring.length >= 6 && doubleArea(ring) !== 0 ? ring : null;
}

/** A mesh of surveyed or foreign polygons, see `polygonsFrom`; `check` says whether they tile. */
export function meshFrom(cells: Iterable<{ readonly id: CellId; readonly geometry: Geometry }>): Mesh {
  return { cells: new Map([...cells].map(({ id, geometry }) => [id, { id, polygons: polygonsFrom(geometry) }])) };
}
