/** Reading order: the default order in which the grids of a village are numbered. */

import { boundsOf } from '../mesh/locate.ts';
import type { Cell, CellId } from '../mesh/mesh.ts';

/**
 * A point inside a cell, lattice units, not rounded: the middle of the widest piece of land on the line half-way up the
 * largest polygon, as PostGIS' ST_PointOnSurface takes it.
 */
export function pointOnSurface(cell: Cell): readonly [x: number, y: number] {
  let best: readonly [number, number] = [0, 0];
  let widest = -1;
  for (const rings of cell.polygons) {
    let [low, high] = [Infinity, -Infinity];
    for (let k = 1; k < rings[0]!.length; k += 2) {
      low = Math.min(low, rings[0]![k]!);
      high = Math.max(high, rings[0]![k]!);
    }
    // Half a unit off the lattice, so that the line meets no node.
    const y = Math.floor((low + high) / 2) + 0.5;
    const cuts: number[] = [];
    for (const ring of rings) {
      for (let k = 0; k < ring.length; k += 2) {
        const n = (k + 2) % ring.length;
        const [ax, ay, bx, by] = [ring[k]!, ring[k + 1]!, ring[n]!, ring[n + 1]!];
        if (ay > y !== by > y) cuts.push(ax + ((bx - ax) * (y - ay)) / (by - ay));
      }
    }
    cuts.sort((a, b) => a - b);
    for (let k = 0; k + 1 < cuts.length; k += 2) {
      const width = cuts[k + 1]! - cuts[k]!;
      if (width > widest) {
        widest = width;
        best = [(cuts[k]! + cuts[k + 1]!) / 2, y];
      }
    }
  }
  return best;
}

/**
 * Cells of one village in reading order: rows of half the median height of its cells from north to south, west to east
 * inside a row; equal places by id. Independent of the order in which the cells are given.
 */
export function readingOrder(cells: readonly Cell[]): CellId[] {
  const heights = cells.map((cell) => boundsOf(cell)[3] - boundsOf(cell)[1]).sort((a, b) => a - b);
  const mid = heights.length >> 1;
  const median = heights.length % 2 === 1 ? heights[mid]! : ((heights[mid - 1] ?? 0) + (heights[mid] ?? 0)) / 2;
  const row = Math.max(1, median / 2);
  const places = cells.map((cell) => ({ id: cell.id, point: pointOnSurface(cell) }));
  const north = Math.max(...places.map(({ point }) => point[1]));
  return places
    .map(({ id, point }) => ({ id, row: Math.floor((north - point[1]) / row), x: point[0] }))
    .sort((a, b) => a.row - b.row || a.x - b.x || a.id - b.id)
    .map(({ id }) => id);
}
