import Flatbush from 'flatbush';
import { type HalfEdge, halfEdgesOf } from '../mesh/edges.ts';
import { nodeKey, orientation } from '../mesh/lattice.ts';
import type { CellId, Mesh } from '../mesh/mesh.ts';
import { errorAt, type Issue } from './issue.ts';

export interface Crossing {
  readonly cells: readonly CellId[];
  /** The four end nodes, as keys. */
  readonly nodes: readonly string[];
  readonly x: number;
  readonly y: number;
}

/**
 * Pairs of edges that cross, overlap in part, or where one ends inside the other (a T-junction without a shared node).
 * Edges that are equal or share one end and nothing else are how a tiling should be. Exact.
 */
export function crossings(mesh: Mesh): Crossing[] {
  const edges = uniqueEdges(mesh);
  if (edges.length === 0) return [];
  const index = new Flatbush(edges.length, 16, Int32Array);
  for (const e of edges)
    index.add(Math.min(e.ax, e.bx), Math.min(e.ay, e.by), Math.max(e.ax, e.bx), Math.max(e.ay, e.by));
  index.finish();
  const out: Crossing[] = [];
  edges.forEach((e, i) => {
    index.search(Math.min(e.ax, e.bx), Math.min(e.ay, e.by), Math.max(e.ax, e.bx), Math.max(e.ay, e.by), (j) => {
      const f = edges[j]!;
      if (j > i && meets(e, f)) {
        out.push({
          cells: [...e.cells, ...f.cells],
          nodes: [nodeKey(e.ax, e.ay), nodeKey(e.bx, e.by), nodeKey(f.ax, f.ay), nodeKey(f.bx, f.by)],
          x: f.ax,
          y: f.ay,
        });
      }
      return false;
    });
  });
  return out;
}

export const crossingIssues = (mesh: Mesh): Issue[] =>
  crossings(mesh).map((c) => errorAt('crossing', c.cells, c.x, c.y));

type UniqueEdge = Omit<HalfEdge, 'cell'> & { readonly cells: CellId[] };

/** Each edge once, whichever way its cells run along it. */
function uniqueEdges(mesh: Mesh): UniqueEdge[] {
  const unique = new Map<string, UniqueEdge>();
  for (const { cell, ax, ay, bx, by } of halfEdgesOf(mesh)) {
    const swap = ax > bx || (ax === bx && ay > by);
    const key = swap ? `${nodeKey(bx, by)} ${nodeKey(ax, ay)}` : `${nodeKey(ax, ay)} ${nodeKey(bx, by)}`;
    const held = unique.get(key);
    if (held) held.cells.push(cell);
    else unique.set(key, { ax, ay, bx, by, cells: [cell] });
  }
  return [...unique.values()];
}

type Ends = Pick<HalfEdge, 'ax' | 'ay' | 'bx' | 'by'>;

/** Whether two different edges have more in common than one end. */
function meets(e: Ends, f: Ends): boolean {
  const a = Math.sign(orientation(e.ax, e.ay, e.bx, e.by, f.ax, f.ay));
  const b = Math.sign(orientation(e.ax, e.ay, e.bx, e.by, f.bx, f.by));
  const c = Math.sign(orientation(f.ax, f.ay, f.bx, f.by, e.ax, e.ay));
  const d = Math.sign(orientation(f.ax, f.ay, f.bx, f.by, e.bx, e.by));
  if (a * b < 0 && c * d < 0) return true;
  return (
    (a === 0 && inside(e, f.ax, f.ay)) ||
    (b === 0 && inside(e, f.bx, f.by)) ||
    (c === 0 && inside(f, e.ax, e.ay)) ||
    (d === 0 && inside(f, e.bx, e.by))
  );
}

/** Whether a point on the edge's line lies strictly between its ends. */
function inside(e: Ends, x: number, y: number): boolean {
  if ((x === e.ax && y === e.ay) || (x === e.bx && y === e.by)) return false;
  return (
    x >= Math.min(e.ax, e.bx) && x <= Math.max(e.ax, e.bx) && y >= Math.min(e.ay, e.by) && y <= Math.max(e.ay, e.by)
  );
}
