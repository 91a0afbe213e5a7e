/**
 * The tiling of a county: every point of its land in exactly one cell.
 *
 * Coordinates are integers on the 1e-7° lattice (about 1 cm), longitude before latitude, WGS 84 / CGCS2000.
 * Two cells share a border when they hold the same nodes; node identity is coordinate equality, there are no node ids.
 */

/** Nodes of a closed ring, flat `[lon0, lat0, lon1, lat1, …]` in lattice units, the first node NOT repeated at the end. */
export type Ring = Int32Array;

/** Outer ring counter-clockwise, then its holes clockwise (RFC 7946's right-hand rule). */
export type Polygon = readonly Ring[];

/** A grid's immutable identity: a positive integer, so that "the smaller id" means the same in JS and in SQL. */
export type CellId = number;

export interface Cell {
  readonly id: CellId;
  readonly polygons: readonly Polygon[];
}

export interface Mesh {
  readonly cells: ReadonlyMap<CellId, Cell>;
}
