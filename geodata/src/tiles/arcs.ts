/**
 * The boundaries of a mesh between the nodes where three of them meet: each is simplified and rounded once, for the
 * cells on both its sides.
 */
import type { CellId, Mesh, Ring } from '../mesh/mesh.ts';
import { NodeIndex } from '../mesh/nodes.ts';

export interface Arcs {
  readonly nodes: NodeIndex;
  /** Node numbers of all arcs, one after another; an arc that closes names its first node again at its end. */
  readonly path: Int32Array;
  /** Where each arc begins in `path`; one entry more than arcs. */
  readonly start: Int32Array;
  /** By cell: its rings, each the arcs that it runs along; arc n as n, walked from its end as ~n. */
  readonly rings: ReadonlyMap<CellId, readonly (readonly number[])[]>;
}

/** Edges of zero length are left out; cells that do not tile keep those boundaries that they share, and their own. */
export function arcsOf(mesh: Mesh): Arcs {
  const nodes = new NodeIndex();
  const walks: { readonly cell: CellId; readonly walk: number[] }[] = [];
  for (const cell of mesh.cells.values()) {
    for (const polygon of cell.polygons) {
      for (const ring of polygon) {
        const walk = walkOf(nodes, ring);
        if (walk.length >= 3) walks.push({ cell: cell.id, walk });
      }
    }
  }
  const meets = meetingNodes(nodes.size, walks);

  const path: number[] = [];
  const start: number[] = [0];
  // An arc is known by its first step, from either end.
  const known = new Map<number, number>();
  const step = (from: number, to: number): number => from * nodes.size + to;
  const arcAlong = (line: readonly number[]): number => {
    const found = known.get(step(line[0]!, line[1]!));
    if (found !== undefined) return found;
    const arc = start.length - 1;
    for (const node of line) path.push(node);
    start.push(path.length);
    known.set(step(line.at(-1)!, line.at(-2)!), ~arc);
    known.set(step(line[0]!, line[1]!), arc);
    return arc;
  };

  const rings = new Map<CellId, number[][]>();
  for (const id of mesh.cells.keys()) rings.set(id, []);
  for (const { cell, walk } of walks) {
    // A boundary that meets no other begins at its smallest node, from whichever side it is walked.
    let first = walk.findIndex((node) => meets[node] === 1);
    if (first < 0) first = walk.indexOf(Math.min(...walk));
    const arcs: number[] = [];
    let line = [walk[first]!];
    for (let i = 1; i <= walk.length; i++) {
      const node = walk[(first + i) % walk.length]!;
      line.push(node);
      if (meets[node] === 1 || i === walk.length) {
        arcs.push(arcAlong(line));
        line = [node];
      }
    }
    rings.get(cell)!.push(arcs);
  }
  return { nodes, path: Int32Array.from(path), start: Int32Array.from(start), rings };
}

function walkOf(nodes: NodeIndex, ring: Ring): number[] {
  const walk: number[] = [];
  for (let i = 0; i < ring.length; i += 2) {
    const node = nodes.intern(ring[i]!, ring[i + 1]!);
    if (node !== walk.at(-1)) walk.push(node);
  }
  while (walk.length > 1 && walk[0] === walk.at(-1)) walk.pop();
  return walk;
}

/** 1 by node where the boundary does not simply pass: it has one, three or more neighbours. */
function meetingNodes(size: number, walks: readonly { readonly walk: readonly number[] }[]): Uint8Array {
  const one = new Int32Array(size).fill(-1);
  const other = new Int32Array(size).fill(-1);
  const meets = new Uint8Array(size);
  const note = (node: number, neighbour: number) => {
    if (one[node] === -1 || one[node] === neighbour) one[node] = neighbour;
    else if (other[node] === -1 || other[node] === neighbour) other[node] = neighbour;
    else meets[node] = 1;
  };
  for (const { walk } of walks) {
    for (let i = 0; i < walk.length; i++) {
      const a = walk[i]!;
      const b = walk[(i + 1) % walk.length]!;
      note(a, b);
      note(b, a);
    }
  }
  for (let node = 0; node < size; node++) if (other[node] === -1) meets[node] = 1;
  return meets;
}
