/**
 * The mesh as it stands at a zoom: simplified boundaries on whole tile units. Rounding each node by itself would push
 * some across a boundary that passes close by; so every boundary is led through each node whose unit square it crosses
 * (snap rounding: Hobby 1999), which keeps what was left of a boundary left of it, or on it.
 */
import Flatbush from 'flatbush';
import type { CellId, Mesh, Polygon } from '../mesh/mesh.ts';
import { NodeIndex } from '../mesh/nodes.ts';
import { assemblePolygons, traceRings } from '../mesh/trace.ts';
import type { Arcs } from './arcs.ts';
import type { Simplification } from './simplify.ts';
import { MAX_ZOOM, TILE_BITS, TILE_UNITS, WORLD_BITS } from './world.ts';

/** How far a boundary may lie from where it is, in tile units: a quarter of a pixel of a tile of 512. */
export const TOLERANCE = 2;

/** Tile units by which a tile reaches beyond its edge, so that lines along it are drawn whole. */
export const MARGIN = 64;

/**
 * Cells on whole units of a zoom, counted from the world's north-west corner, x to the east, y to the NORTH (so that
 * rings turn as in any mesh): y runs from 0 down to −2^(zoom + 12). No boundary crosses the lines at which tiles are cut,
 * the margin included, without a node there.
 */
export function meshAt(zoom: number, arcs: Arcs, { x, y, level }: Simplification): Mesh {
  const scale = 2 ** (zoom + TILE_BITS - WORLD_BITS);
  // The deepest zoom is stretched for all that are deeper, so it keeps every node.
  const tolerance = zoom >= MAX_ZOOM ? -1 : TOLERANCE / scale;
  const pieces = new Pieces();
  for (let arc = 0; arc + 1 < arcs.start.length; arc++) {
    const [first, last] = [arcs.start[arc]!, arcs.start[arc + 1]! - 1];
    let before = -1;
    for (let at = first; at <= last; at++) {
      if (at !== first && at !== last && level[at]! <= tolerance) continue;
      const node = arcs.path[at]!;
      if (before >= 0) {
        const [ax, ay] = [x[before]! * scale, -y[before]! * scale];
        addCut(pieces, ax, ay, x[node]! * scale, -y[node]! * scale);
      }
      before = node;
    }
    pieces.endArc();
  }
  const lines = throughNodes(pieces);

  const cells = new Map<CellId, { id: CellId; polygons: readonly Polygon[] }>();
  for (const [id, rings] of arcs.rings) {
    const polygons = polygonsOf(pieces.nodes, lines, rings);
    if (polygons.length > 0) cells.set(id, { id, polygons });
  }
  return { cells };
}

/** Straight pieces of all arcs, and the nodes on whole units that they end in. */
class Pieces {
  readonly nodes = new NodeIndex();
  /** Flat `[ax, ay, bx, by]`, not rounded. */
  readonly ends: number[] = [];
  readonly from: number[] = [];
  readonly to: number[] = [];
  /** Where each arc ends in the list of pieces. */
  readonly arcEnd: number[] = [];

  add(ax: number, ay: number, bx: number, by: number): void {
    const a = this.nodes.intern(rounded(ax), rounded(ay));
    const b = this.nodes.intern(rounded(bx), rounded(by));
    // Even a piece within one unit square may pass no other node.
    if (a === b) return;
    this.ends.push(ax, ay, bx, by);
    this.from.push(a);
    this.to.push(b);
  }

  endArc(): void {
    this.arcEnd.push(this.from.length);
  }
}

/** Halves go up on both axes: a unit square holds its west and south side. */
const rounded = (n: number): number => Math.floor(n + 0.5);

/** Adds a line, cut where it crosses the edge of a tile, with or without margin on either side. */
function addCut(pieces: Pieces, ax: number, ay: number, bx: number, by: number): void {
  const cuts: number[] = [];
  const along = (a: number, b: number) => {
    const [low, high] = [Math.min(a, b), Math.max(a, b)];
    for (let tile = Math.floor((low - MARGIN) / TILE_UNITS); tile * TILE_UNITS - MARGIN < high; tile++) {
      for (const cut of [tile * TILE_UNITS - MARGIN, tile * TILE_UNITS + MARGIN]) {
        if (cut > low && cut < high) cuts.push((cut - a) / (b - a));
      }
    }
  };
  along(ax, bx);
  along(ay, by);
  if (cuts.length === 0) {
    pieces.add(ax, ay, bx, by);
    return;
  }
  cuts.sort((s, t) => s - t);
  let [px, py] = [ax, ay];
  for (const t of cuts) {
    const [qx, qy] = [onCut(ax + t * (bx - ax)), onCut(ay + t * (by - ay))];
    pieces.add(px, py, qx, qy);
    [px, py] = [qx, qy];
  }
  pieces.add(px, py, bx, by);
}

/** What lies on a line at which tiles are cut, but for the last bits, lies on it. */
function onCut(n: number): number {
  const whole = Math.round(n);
  return Math.abs(n - whole) < 1e-6 && (whole + MARGIN) % MARGIN === 0 ? whole : n;
}

/** By arc: the nodes that it runs through. */
function throughNodes({ nodes, ends, from, to, arcEnd }: Pieces): number[][] {
  if (nodes.size === 0) return arcEnd.map(() => []);
  const index = new Flatbush(nodes.size, 16);
  for (let node = 0; node < nodes.size; node++) {
    const [x, y] = [nodes.lon(node), nodes.lat(node)];
    index.add(x, y, x, y);
  }
  index.finish();
  const lines: number[][] = [];
  let piece = 0;
  for (const end of arcEnd) {
    const line: number[] = [];
    for (; piece < end; piece++) {
      const [ax, ay, bx, by] = [ends[4 * piece]!, ends[4 * piece + 1]!, ends[4 * piece + 2]!, ends[4 * piece + 3]!];
      const [a, b] = [from[piece]!, to[piece]!];
      if (line.at(-1) !== a) line.push(a);
      const passed: { node: number; t: number }[] = [];
      index.search(
        Math.min(ax, bx) - 0.5,
        Math.min(ay, by) - 0.5,
        Math.max(ax, bx) + 0.5,
        Math.max(ay, by) + 0.5,
        (node) => {
          if (node === a || node === b) return false;
          const t = entersAt(ax, ay, bx, by, nodes.lon(node), nodes.lat(node));
          if (t !== null) passed.push({ node, t });
          return false;
        },
      );
      passed.sort((one, other) => one.t - other.t);
      for (const { node } of passed) if (line.at(-1) !== node) line.push(node);
      if (line.at(-1) !== b) line.push(b);
    }
    lines.push(line);
  }
  return lines;
}

/** Where along a–b, 0 to 1, the line enters the unit square around (x, y); null where it passes by. */
function entersAt(ax: number, ay: number, bx: number, by: number, x: number, y: number): number | null {
  let enter = 0;
  let leave = 1;
  for (const [a, b, low] of [
    [ax, bx, x - 0.5],
    [ay, by, y - 0.5],
  ] as const) {
    const high = low + 1;
    if (a === b) {
      if (a < low || a >= high) return null;
      continue;
    }
    const [s, t] = [(low - a) / (b - a), (high - a) / (b - a)];
    enter = Math.max(enter, Math.min(s, t));
    leave = Math.min(leave, Math.max(s, t));
  }
  return enter < leave ? enter : null;
}

/** The polygons of a cell: where two of its sides have fallen onto one another there is no land between them any more. */
function polygonsOf(
  nodes: NodeIndex,
  lines: readonly (readonly number[])[],
  rings: readonly (readonly number[])[],
): Polygon[] {
  const from: number[] = [];
  const to: number[] = [];
  for (const ring of rings) {
    for (const arc of ring) {
      const line = lines[arc < 0 ? ~arc : arc]!;
      for (let i = 1; i < line.length; i++) {
        from.push(arc < 0 ? line[i]! : line[i - 1]!);
        to.push(arc < 0 ? line[i - 1]! : line[i]!);
      }
    }
  }
  return assemble(nodes, from, to);
}

/** Polygons of directed edges, land on their left; edges that run both ways cancel. */
export function assemble(nodes: NodeIndex, from: readonly number[], to: readonly number[]): Polygon[] {
  const open = new Map<number, number>();
  const key = (a: number, b: number): number => a * nodes.size + b;
  for (let e = 0; e < from.length; e++) {
    const back = key(to[e]!, from[e]!);
    const count = open.get(back) ?? 0;
    if (count > 1) open.set(back, count - 1);
    else if (count === 1) open.delete(back);
    else open.set(key(from[e]!, to[e]!), (open.get(key(from[e]!, to[e]!)) ?? 0) + 1);
  }
  const keptFrom: number[] = [];
  const keptTo: number[] = [];
  for (const [edge, count] of open) {
    for (let i = 0; i < count; i++) {
      keptFrom.push(Math.floor(edge / nodes.size));
      keptTo.push(edge % nodes.size);
    }
  }
  return assemblePolygons(traceRings(nodes, keptFrom, keptTo));
}
