/**
 * At which tolerance each node of the boundaries may go. One pass over all boundaries serves every zoom: nodes leave in
 * the order of the error that this makes, and only where the mesh stays one.
 */
import Flatbush from 'flatbush';
import FlatQueue from 'flatqueue';
import type { Arcs } from './arcs.ts';
import { worldX, worldY } from './world.ts';

export interface Simplification {
  /** World coordinates by node, not rounded. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /**
   * By place in `arcs.path`: the node stays while the tolerance, in world units, is below this. Leaving out all others
   * moves a boundary by no more than the tolerance anywhere. Infinity where boundaries meet.
   */
  readonly level: Float64Array;
}

/**
 * A node goes only if the triangle with its neighbours holds no other node that is still there and its neighbours are
 * not joined already: so no boundary ever crosses another, no cell is turned over and none loses its last corner.
 */
export function simplify(arcs: Arcs): Simplification {
  const { nodes, path, start } = arcs;
  const x = new Float64Array(nodes.size);
  const y = new Float64Array(nodes.size);
  for (let node = 0; node < nodes.size; node++) {
    x[node] = worldX(nodes.lon(node));
    y[node] = worldY(nodes.lat(node));
  }
  const level = new Float64Array(path.length).fill(Number.POSITIVE_INFINITY);
  if (nodes.size === 0) return { x, y, level };
  const index = new Flatbush(nodes.size, 16);
  for (let node = 0; node < nodes.size; node++) index.add(x[node]!, y[node]!, x[node]!, y[node]!);
  index.finish();

  const gone = new Uint8Array(nodes.size);
  const previous = new Int32Array(path.length).fill(-1);
  const next = new Int32Array(path.length).fill(-1);
  const error = new Float64Array(path.length);
  const left = new Int32Array(start.length - 1);
  const arcAt = new Int32Array(path.length);
  const queue = new FlatQueue<number>();
  /** Pairs of nodes between which a whole arc has become one line. */
  const lines = new Set<number>();
  const lineOf = (a: number, b: number): number => Math.min(a, b) * nodes.size + Math.max(a, b);

  const measure = (at: number): void => {
    const [a, c] = [previous[at]!, next[at]!];
    let most = 0;
    for (let i = a + 1; i < c; i++) most = Math.max(most, distance(x, y, path[i]!, path[a]!, path[c]!));
    error[at] = most;
    queue.push(at, most);
  };
  for (let arc = 0; arc + 1 < start.length; arc++) {
    const [first, last] = [start[arc]!, start[arc + 1]! - 1];
    left[arc] = last - first + 1;
    arcAt.fill(arc, first, last + 1);
    if (last - first === 1) lines.add(lineOf(path[first]!, path[last]!));
    for (let at = first + 1; at < last; at++) {
      previous[at] = at - 1;
      next[at] = at + 1;
    }
    for (let at = first + 1; at < last; at++) measure(at);
  }

  const mayGo = (at: number): boolean => {
    const arc = arcAt[at]!;
    const [a, b, c] = [path[previous[at]!]!, path[at]!, path[next[at]!]!];
    if (left[arc] === 3 && lines.has(lineOf(a, c))) return false;
    // A boundary that closes keeps three corners.
    if (left[arc]! <= 4 && path[start[arc]!] === path[start[arc + 1]! - 1]) return false;
    const within = index.search(
      Math.min(x[a]!, x[b]!, x[c]!),
      Math.min(y[a]!, y[b]!, y[c]!),
      Math.max(x[a]!, x[b]!, x[c]!),
      Math.max(y[a]!, y[b]!, y[c]!),
      (node) => !gone[node] && node !== a && node !== b && node !== c && inTriangle(x, y, node, a, b, c),
    );
    return within.length === 0;
  };

  let reached = 0;
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    const node = path[at]!;
    if (gone[node]) continue;
    const [a, c] = [previous[at]!, next[at]!];
    if (!mayGo(at)) continue;
    reached = Math.max(reached, error[at]!);
    level[at] = reached;
    gone[node] = 1;
    const arc = arcAt[at]!;
    left[arc]!--;
    if (left[arc] === 2) lines.add(lineOf(path[a]!, path[c]!));
    if (a > start[arc]!) {
      next[a] = c;
      measure(a);
    }
    if (c < start[arc + 1]! - 1) {
      previous[c] = a;
      measure(c);
    }
  }
  return { x, y, level };
}

/** From node p to the line a–c, or to its nearer end. */
function distance(x: Float64Array, y: Float64Array, p: number, a: number, c: number): number {
  const [ux, uy] = [x[c]! - x[a]!, y[c]! - y[a]!];
  const [vx, vy] = [x[p]! - x[a]!, y[p]! - y[a]!];
  const length2 = ux * ux + uy * uy;
  const t = length2 === 0 ? 0 : Math.min(1, Math.max(0, (vx * ux + vy * uy) / length2));
  return Math.hypot(vx - t * ux, vy - t * uy);
}

/** Inside the triangle or on its edge, whichever way it turns. */
function inTriangle(x: Float64Array, y: Float64Array, p: number, a: number, b: number, c: number): boolean {
  const side = (m: number, n: number) => (x[n]! - x[m]!) * (y[p]! - y[m]!) - (y[n]! - y[m]!) * (x[p]! - x[m]!);
  const [ab, bc, ca] = [side(a, b), side(b, c), side(c, a)];
  return (ab >= 0 && bc >= 0 && ca >= 0) || (ab <= 0 && bc <= 0 && ca <= 0);
}
