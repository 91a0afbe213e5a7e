/** Cells to and from GeoJSON (RFC 7946): degrees, longitude first, rings closed, outer rings counter-clockwise. */
import type { Geometry, Polygon as GeoPolygon, MultiPolygon, Position } from 'geojson';
import { toDegrees, toLattice } from './lattice.ts';
import type { Cell, CellId, Mesh, Polygon, Ring } from './mesh.ts';
import { doubleArea, reversed } from './ring.ts';

/** Closed ring of `[lon, lat]` degrees, exact to the 7th decimal. */
function positions(ring: Ring): Position[] {
  const out: Position[] = [];
  for (let i = 0; i < ring.length; i += 2) out.push([toDegrees(ring[i]!), toDegrees(ring[i + 1]!)]);
  out.push([toDegrees(ring[0]!), toDegrees(ring[1]!)]);
  return out;
}

/** GeoJSON geometry of polygons, e.g. a result of `dissolve`: a Polygon where there is one, else a MultiPolygon. */
export function polygonsGeometry(polygons: readonly Polygon[]): GeoPolygon | MultiPolygon {
  const coordinates = polygons.map((polygon) => polygon.map(positions));
  return coordinates.length === 1
    ? { type: 'Polygon', coordinates: coordinates[0]! }
    : { type: 'MultiPolygon', coordinates };
}

/** GeoJSON geometry of a cell. */
export function cellGeometry(cell: Cell): GeoPolygon | MultiPolygon {
  return polygonsGeometry(cell.polygons);
}

/** What `meshFromFeatures` needs of a feature: a cell id and its geometry in degrees. */
export interface CellFeature {
  readonly id: CellId;
  readonly geometry: Geometry;
}

/**
 * Mesh of polygons from outside, e.g. surveyed ones; see `polygonsFrom` for what is done to them. Nothing is repaired:
 * run `check` to see whether the cells tile.
 * @throws RangeError on an id that is not a positive integer or comes twice, and wherever `polygonsFrom` refuses; the
 * message names the feature.
 */
export function meshFromFeatures(features: Iterable<CellFeature>): Mesh {
  const cells = new Map<CellId, Cell>();
  for (const { id, geometry } of features) {
    if (!Number.isSafeInteger(id) || id <= 0) throw new RangeError(`Feature id ${id} must be a positive integer.`);
    if (cells.has(id)) throw new RangeError(`Feature id ${id} comes twice; give each feature its own.`);
    try {
      cells.set(id, { id, polygons: polygonsFrom(geometry) });
    } catch (error) {
      throw error instanceof RangeError ? new RangeError(`Feature ${id}: ${error.message}`) : error;
    }
  }
  return { cells };
}

/**
 * A GeoJSON geometry in degrees as lattice polygons: nodes are snapped, edges that thereby lose their length are
 * dropped, rings are turned outer counter-clockwise, holes clockwise.
 * @throws RangeError for another geometry than Polygon or MultiPolygon, an empty one, a position that is not longitude,
 * latitude in degrees, and a ring with fewer than three distinct nodes in a row.
 */
export function polygonsFrom(geometry: Geometry): Polygon[] {
  if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') {
    throw new RangeError(`A grid's geometry must be Polygon or MultiPolygon, not ${geometry.type}.`);
  }
  const parts = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  if (parts.length === 0 || parts.some((rings) => rings.length === 0)) {
    throw new RangeError(`The ${geometry.type} is empty; a grid needs land.`);
  }
  return parts.map((rings) => rings.map((ring, i) => snapRing(ring, i > 0)));
}

function snapRing(ring: readonly Position[], hole: boolean): Ring {
  const nodes: number[] = [];
  for (const position of ring) {
    const lon = position[0];
    const lat = position[1];
    if (lon === undefined || lat === undefined || !(Math.abs(lon) <= 180) || !(Math.abs(lat) <= 90)) {
      throw new RangeError(`${JSON.stringify(position)} is not longitude, latitude in degrees.`);
    }
    const x = toLattice(lon);
    const y = toLattice(lat);
    if (nodes.length === 0 || x !== nodes[nodes.length - 2] || y !== nodes[nodes.length - 1]) nodes.push(x, y);
  }
  // GeoJSON repeats the first position at the end; the mesh does not.
  while (nodes.length > 2 && nodes[0] === nodes[nodes.length - 2] && nodes[1] === nodes[nodes.length - 1]) {
    nodes.length -= 2;
  }
  if (nodes.length < 6) {
    throw new RangeError(`A ring has ${nodes.length / 2} nodes on the 1e-7° lattice; it needs 3.`);
  }
  const snapped = Int32Array.from(nodes);
  return doubleArea(snapped) < 0 === hole ? snapped : reversed(snapped);
}
