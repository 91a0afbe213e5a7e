import { nodeKey } from './lattice.ts';
import type { Polygon, Ring } from './mesh.ts';
import { doubleArea, sideOfRing } from './ring.ts';

export interface Edge {
  readonly ax: number;
  readonly ay: number;
  readonly bx: number;
  readonly by: number;
}

/**
 * Chains directed edges, land on their left, into simple rings. At a node where several rings touch it takes the
 * sharpest left turn, which keeps to one face; a walk that touches itself in a node is cut there into simple rings.
 * @throws where an edge's end has no edge going on: the input does not bound an area
 */
export function chainRings(edges: Iterable<Edge>): Ring[] {
  const from = new Map<string, Edge[]>();
  let left = 0;
  for (const edge of edges) {
    const key = nodeKey(edge.ax, edge.ay);
    const out = from.get(key);
    if (out) out.push(edge);
    else from.set(key, [edge]);
    left++;
  }
  const rings: Ring[] = [];
  for (const starts of from.values()) {
    while (starts.length > 0) {
      const first = starts.pop()!;
      left--;
      const nodes = [first.ax, first.ay];
      let edge = first;
      while (edge.bx !== first.ax || edge.by !== first.ay) {
        nodes.push(edge.bx, edge.by);
        const next = from.get(nodeKey(edge.bx, edge.by));
        if (!next || next.length === 0) {
          throw new Error(`the edges do not close at lattice node ${nodeKey(edge.bx, edge.by)} (${left} edges left)`);
        }
        edge = next.splice(next.length === 1 ? 0 : leftmost(edge, next), 1)[0]!;
        left--;
      }
      rings.push(...splitAtRepeats(nodes));
    }
  }
  return rings;
}

/** Index of the edge with the sharpest left turn, seen when arriving along `arriving`: it bounds the same face. */
function leftmost(arriving: Edge, candidates: readonly Edge[]): number {
  const back = Math.atan2(arriving.ay - arriving.by, arriving.ax - arriving.bx);
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  candidates.forEach((c, i) => {
    const on = Math.atan2(c.by - c.ay, c.bx - c.ax);
    // Clockwise angle from the way back to the way on, in (0, 2π].
    let turn = back - on;
    while (turn <= 0) turn += 2 * Math.PI;
    if (turn < least) {
      least = turn;
      best = i;
    }
  });
  return best;
}

/** A walk that still visits a node twice is two rings that touch there. */
function splitAtRepeats(nodes: number[]): Ring[] {
  const rings: Ring[] = [];
  const seen = new Map<string, number>();
  const stack: number[] = [];
  for (let i = 0; i < nodes.length; i += 2) {
    const key = nodeKey(nodes[i]!, nodes[i + 1]!);
    const at = seen.get(key);
    if (at !== undefined) {
      const loop = stack.splice(at);
      for (let k = 0; k < loop.length; k += 2) seen.delete(nodeKey(loop[k]!, loop[k + 1]!));
      if (loop.length >= 6) rings.push(Int32Array.from(loop));
    }
    seen.set(key, stack.length);
    stack.push(nodes[i]!, nodes[i + 1]!);
  }
  if (stack.length >= 6) rings.push(Int32Array.from(stack));
  return rings;
}

/**
 * Groups rings into polygons: counter-clockwise rings are outer, each clockwise ring is a hole of the smallest outer
 * ring that contains it.
 */
export function polygonsOf(rings: readonly Ring[]): Polygon[] {
  const outer = rings.filter((ring) => doubleArea(ring) > 0).sort((a, b) => doubleArea(a) - doubleArea(b));
  const polygons = outer.map((ring) => [ring]);
  for (const hole of rings) {
    if (doubleArea(hole) >= 0) continue;
    const home = polygons.find(([ring]) => contains(ring!, hole));
    if (!home) throw new Error('a hole lies in no outer ring');
    home.push(hole);
  }
  return polygons.reverse();
}

/** Whether `inner` lies in `outer`, given that the two do not cross; they may touch in nodes. */
function contains(outer: Ring, inner: Ring): boolean {
  for (let i = 0; i < inner.length; i += 2) {
    const side = sideOfRing(outer, inner[i]!, inner[i + 1]!);
    if (side !== 'border') return side === 'inside';
  }
  return false;
}
