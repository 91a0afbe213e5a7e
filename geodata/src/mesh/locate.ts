import Flatbush from 'flatbush';
import type { Cell, CellId, Mesh } from './mesh.ts';
import { sideOfRing } from './ring.ts';

/** Finds the cell at a lattice point; null outside the tiling. A point on a shared border has the smaller id. */
export type Locator = (x: number, y: number) => CellId | null;

/** An index over the cells of a mesh; exact, some million points a second. */
export function meshLocator(mesh: Mesh): Locator {
  // Ascending ids: the first cell that covers the point is the one with the smallest.
  const cells = [...mesh.cells.values()].sort((a, b) => a.id - b.id);
  if (cells.length === 0) return () => null;
  const index = new Flatbush(cells.length, 16, Int32Array);
  for (const cell of cells) index.add(...boundsOf(cell));
  index.finish();
  return (x, y) => {
    const hits = index.search(x, y, x, y).sort((a, b) => a - b);
    for (const hit of hits) if (covers(cells[hit]!, x, y)) return cells[hit]!.id;
    return null;
  };
}

/** Whether a lattice point lies in a cell or on its border. */
export function covers(cell: Cell, x: number, y: number): boolean {
  return cell.polygons.some((rings) =>
    rings.every((ring, i) => sideOfRing(ring, x, y) !== (i === 0 ? 'outside' : 'inside')),
  );
}

/** `[west, south, east, north]` in lattice units. */
export function boundsOf(cell: Cell): [number, number, number, number] {
  let [w, s, e, n] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [outer] of cell.polygons) {
    for (let i = 0; i < outer!.length; i += 2) {
      w = Math.min(w, outer![i]!);
      e = Math.max(e, outer![i]!);
      s = Math.min(s, outer![i + 1]!);
      n = Math.max(n, outer![i + 1]!);
    }
  }
  return [w, s, e, n];
}
