/** Where edges of a mesh meet other than in a common node. */
import Flatbush from 'flatbush';
import { type HalfEdges, halfEdges } from '../mesh/edges.ts';
import { crossesProperly, onSegment } from '../mesh/lattice.ts';
import type { CellId, Mesh } from '../mesh/mesh.ts';

export interface Contact {
  /** Cells on either side of the two edges. */
  readonly cells: readonly CellId[];
  /** `[x, y]` lattice: the node that lies on the other edge; for a crossing the point itself, rounded. */
  readonly at: readonly [x: number, y: number];
  /** Lattice nodes of both edges, flat. */
  readonly nodes: readonly number[];
}

export interface Contacts {
  /** Pairs of edges that cross in a point inside both. */
  readonly crossings: readonly Contact[];
  /** Nodes that lie on an edge without being one of its ends. */
  readonly junctions: readonly Contact[];
}

const found = new WeakMap<Mesh, Contacts>();

/** Every contact of two edges; exact, by a sweep over their boxes. Remembered per mesh. */
export function contacts(mesh: Mesh): Contacts {
  let result = found.get(mesh);
  if (!result) {
    result = sweep(halfEdges(mesh));
    found.set(mesh, result);
  }
  return result;
}

function sweep(edges: HalfEdges): Contacts {
  const crossings: Contact[] = [];
  const junctions: Contact[] = [];
  // Each edge once: of two twins the first.
  const unique: number[] = [];
  for (let e = 0; e < edges.count; e++) if (edges.twin[e]! < 0 || edges.twin[e]! > e) unique.push(e);
  if (unique.length === 0) return { crossings, junctions };
  const { nodes } = edges;
  const ends = (e: number): [number, number, number, number] => {
    const a = edges.from[e]!;
    const b = edges.to[e]!;
    return [nodes.lon(a), nodes.lat(a), nodes.lon(b), nodes.lat(b)];
  };
  const index = new Flatbush(unique.length, 16, Int32Array);
  for (const e of unique) {
    const [ax, ay, bx, by] = ends(e);
    index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
  }
  index.finish();
  const contact = (e: number, f: number, at: readonly [number, number]): Contact => ({
    cells: [...sides(edges, e), ...sides(edges, f)],
    at,
    nodes: [...ends(e), ...ends(f)],
  });
  unique.forEach((e, i) => {
    const [ax, ay, bx, by] = ends(e);
    index.search(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by), (j) => {
      // Each pair once.
      if (j <= i) return false;
      const f = unique[j]!;
      const [cx, cy, dx, dy] = ends(f);
      if (crossesProperly(ax, ay, bx, by, cx, cy, dx, dy)) {
        crossings.push(contact(e, f, intersection(ax, ay, bx, by, cx, cy, dx, dy)));
        return false;
      }
      const e0 = edges.from[e]!;
      const e1 = edges.to[e]!;
      const f0 = edges.from[f]!;
      const f1 = edges.to[f]!;
      if (f0 !== e0 && f0 !== e1 && onSegment(ax, ay, bx, by, cx, cy)) junctions.push(contact(e, f, [cx, cy]));
      if (f1 !== e0 && f1 !== e1 && onSegment(ax, ay, bx, by, dx, dy)) junctions.push(contact(e, f, [dx, dy]));
      if (e0 !== f0 && e0 !== f1 && onSegment(cx, cy, dx, dy, ax, ay)) junctions.push(contact(e, f, [ax, ay]));
      if (e1 !== f0 && e1 !== f1 && onSegment(cx, cy, dx, dy, bx, by)) junctions.push(contact(e, f, [bx, by]));
      return false;
    });
  });
  return { crossings, junctions };
}

function sides(edges: HalfEdges, e: number): CellId[] {
  const twin = edges.twin[e]!;
  return twin < 0 ? [edges.cell[e]!] : [edges.cell[e]!, edges.cell[twin]!];
}

function intersection(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  dx: number,
  dy: number,
): [number, number] {
  const t = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / ((bx - ax) * (dy - cy) - (by - ay) * (dx - cx));
  return [Math.round(ax + t * (bx - ax)), Math.round(ay + t * (by - ay))];
}
