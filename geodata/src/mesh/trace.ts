/** From a set of directed edges with land on their left to polygons. */

import { toDegrees } from './lattice.ts';
import type { Polygon, Ring } from './mesh.ts';
import type { NodeIndex } from './nodes.ts';
import { doubleArea, sideOfRing } from './ring.ts';

/**
 * Chains directed edges, land on the left, into simple closed rings: outer rings come out counter-clockwise, holes
 * clockwise. At a node where several edges leave, the walk stays with the land that it has on its left, so parts that
 * touch in a point come out apart; a ring that still meets itself (a hole touching its outer ring) is cut there.
 * Where as many edges arrive at every node as leave it, as at the borders of any cells, the walk always closes, even
 * where the cells overlap.
 * @throws Error when the edges do not close, naming the place.
 */
export function traceRings(nodes: NodeIndex, from: ArrayLike<number>, to: ArrayLike<number>): Ring[] {
  const leaving = new Map<number, number[]>();
  for (let e = 0; e < from.length; e++) {
    const edges = leaving.get(from[e]!);
    if (edges) edges.push(e);
    else leaving.set(from[e]!, [e]);
  }
  const used = new Uint8Array(from.length);
  const rings: Ring[] = [];
  for (let start = 0; start < from.length; start++) {
    if (used[start]) continue;
    const path: number[] = [];
    let edge = start;
    do {
      used[edge] = 1;
      path.push(from[edge]!);
      const node = to[edge]!;
      const open = (leaving.get(node) ?? []).filter((e) => !used[e] || e === start);
      if (open.length === 0) {
        throw new Error(
          `Edges do not close: nothing leaves ${toDegrees(nodes.lon(node))}, ${toDegrees(nodes.lat(node))}.`,
        );
      }
      edge = open.length === 1 ? open[0]! : firstClockwise(nodes, from[edge]!, node, open, to);
    } while (edge !== start);
    cutAtRepeatedNodes(nodes, path, rings);
  }
  return rings;
}

/** Of the edges leaving `node`, the first one clockwise from the direction back to `previous`. */
function firstClockwise(
  nodes: NodeIndex,
  previous: number,
  node: number,
  edges: readonly number[],
  to: ArrayLike<number>,
): number {
  const x = nodes.lon(node);
  const y = nodes.lat(node);
  const backX = nodes.lon(previous) - x;
  const backY = nodes.lat(previous) - y;
  let best = edges[0]!;
  for (let k = 1; k < edges.length; k++) {
    const a = to[edges[k]!]!;
    const b = to[best]!;
    if (clockwiseBefore(backX, backY, nodes.lon(a) - x, nodes.lat(a) - y, nodes.lon(b) - x, nodes.lat(b) - y)) {
      best = edges[k]!;
    }
  }
  return best;
}

/** Whether direction a comes before direction b on the clockwise turn that starts at direction r and excludes it. */
function clockwiseBefore(rx: number, ry: number, ax: number, ay: number, bx: number, by: number): boolean {
  const halfA = clockwiseHalf(rx, ry, ax, ay);
  const halfB = clockwiseHalf(rx, ry, bx, by);
  if (halfA !== halfB) return halfA < halfB;
  return bx * ay - by * ax > 0;
}

/** 0: less than half a turn clockwise of r; 1: half a turn or more; 2: r itself, a full turn. */
function clockwiseHalf(rx: number, ry: number, dx: number, dy: number): 0 | 1 | 2 {
  const cross = rx * dy - ry * dx;
  if (cross < 0) return 0;
  if (cross > 0) return 1;
  return rx * dx + ry * dy < 0 ? 1 : 2;
}

function cutAtRepeatedNodes(nodes: NodeIndex, path: readonly number[], rings: Ring[]): void {
  const stack: number[] = [];
  const depth = new Map<number, number>();
  const close = (loop: readonly number[]) => {
    // Two nodes are an edge walked there and back: it bounds nothing.
    if (loop.length < 3) return;
    const ring = new Int32Array(loop.length * 2);
    loop.forEach((node, i) => {
      ring[2 * i] = nodes.lon(node);
      ring[2 * i + 1] = nodes.lat(node);
    });
    rings.push(ring);
  };
  for (const node of path) {
    const seen = depth.get(node);
    if (seen !== undefined) {
      const loop = stack.splice(seen);
      for (const n of loop) depth.delete(n);
      close(loop);
    }
    depth.set(node, stack.length);
    stack.push(node);
  }
  close(stack);
}

/**
 * Puts holes into their outer rings: counter-clockwise rings are outer, clockwise rings go to the smallest outer ring
 * around them. Polygons come largest first, so that the main part leads. Rings without area, and holes that lie in no
 * outer ring, bound no land and are dropped; a tiling has neither.
 */
export function assemblePolygons(rings: readonly Ring[]): Polygon[] {
  const outers: { ring: Ring; area: number; polygon: Ring[] }[] = [];
  const holes: { ring: Ring; area: number }[] = [];
  for (const ring of rings) {
    const area = doubleArea(ring);
    if (area > 0) outers.push({ ring, area, polygon: [ring] });
    else if (area < 0) holes.push({ ring, area: -area });
  }
  outers.sort((a, b) => b.area - a.area || compareStart(a.ring, b.ring));
  holes.sort((a, b) => b.area - a.area || compareStart(a.ring, b.ring));
  for (const hole of holes) {
    let home: (typeof outers)[number] | undefined;
    // Largest first, so the last that fits is the smallest.
    for (const outer of outers) if (outer.area > hole.area && contains(outer.ring, hole.ring)) home = outer;
    home?.polygon.push(hole.ring);
  }
  return outers.map((outer) => outer.polygon);
}

/** A hole may touch its outer ring: the first node that does not decides. */
function contains(outer: Ring, hole: Ring): boolean {
  for (let i = 0; i < hole.length; i += 2) {
    const side = sideOfRing(outer, hole[i]!, hole[i + 1]!);
    if (side !== 0) return side > 0;
  }
  return false;
}

function compareStart(a: Ring, b: Ring): number {
  return a[0]! - b[0]! || a[1]! - b[1]!;
}
