/**
 * From atoms to a mesh: the lines between atoms of different owners, chained into arcs, each simplified once, put
 * together to rings that the neighbours share. Gaps and overlaps cannot come about.
 */
import { crossings } from '../check/crossing.ts';
import { chainRings, type Edge, polygonsOf } from '../mesh/chain.ts';
import { toLattice } from '../mesh/lattice.ts';
import type { CellId, Mesh } from '../mesh/mesh.ts';
import type { Atoms } from './atoms.ts';
import { PLANE, type Point } from './frame.ts';
import { simplified } from './simplify.ts';

const OUTSIDE = -1;

/** A piece of border with one owner on each side. */
interface Segment {
  readonly a: string;
  readonly b: string;
  readonly left: number;
  readonly right: number;
}

interface Arc {
  readonly left: number;
  readonly right: number;
  readonly nodes: readonly string[];
}

/** @returns one cell for each owner, its id the owner's index + 1. */
export function arrange(atoms: Atoms, owner: Int32Array): Mesh {
  const places = new Map<string, Point>();
  const arcs = chainArcs(segmentsOf(atoms, owner, places));
  let lines = arcs.map((arc) =>
    simplified(
      arc.nodes.map((node) => places.get(node)!),
      arc.right === OUTSIDE,
    ),
  );
  // Two arcs that run close together may cross once simplified: those go back to their full form, which cannot cross.
  for (;;) {
    const mesh = assemble(
      arcs,
      lines.map((line, i) => line.map((k) => arcs[i]!.nodes[k]!)),
    );
    const crossed = new Set(crossings(mesh).flatMap(({ nodes }) => nodes.map(String)));
    if (crossed.size === 0) return mesh;
    lines = lines.map((line, i) => {
      const nodes = arcs[i]!.nodes;
      return line.length < nodes.length && line.some((k) => crossed.has(nodes[k]!)) ? nodes.map((_, k) => k) : line;
    });
  }
}

function segmentsOf(atoms: Atoms, owner: Int32Array, places: Map<string, Point>): Segment[] {
  const node = (p: Point): string => {
    const [lon, lat] = PLANE.inverse(p);
    const key = `${toLattice(lon)},${toLattice(lat)}`;
    if (!places.has(key)) places.set(key, p);
    return key;
  };
  const middle = (i: number, j: number): string => {
    const [a, b] = [atoms.points[i]!, atoms.points[j]!];
    return node([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
  };
  const out: Segment[] = [];
  const add = (a: string, b: string, left: number, right: number): void => {
    if (a !== b) out.push({ a, b, left, right });
  };
  for (const corners of atoms.triangles) {
    const [p, q, r] = corners.map((i) => atoms.points[i]!) as [Point, Point, Point];
    const centre = node([(p[0] + q[0] + r[0]) / 3, (p[1] + q[1] + r[1]) / 3]);
    corners.forEach((i, k) => {
      const j = corners[(k + 1) % 3]!;
      // Seen from the triangle's centroid towards the middle of i → j (counter-clockwise), j lies left and i right.
      if (owner[i] !== owner[j]) add(centre, middle(i, j), owner[j]!, owner[i]!);
    });
  }
  for (const [i, j] of atoms.outline) {
    const [a, b] = [node(atoms.points[i]!), node(atoms.points[j]!)];
    if (owner[i] === owner[j]) {
      add(a, b, owner[i]!, OUTSIDE);
    } else {
      add(a, middle(i, j), owner[i]!, OUTSIDE);
      add(middle(i, j), b, owner[j]!, OUTSIDE);
    }
  }
  return out;
}

/** Arcs run between nodes where other than two segments meet; a border without such a node is one closed arc. */
function chainArcs(segments: readonly Segment[]): Arc[] {
  const at = new Map<string, Segment[]>();
  for (const s of segments) {
    for (const node of [s.a, s.b]) {
      const held = at.get(node);
      if (held) held.push(s);
      else at.set(node, [s]);
    }
  }
  const used = new Set<Segment>();
  const walk = (start: string, first: Segment): Arc => {
    const forward = first.a === start;
    const nodes = [start];
    let current = start;
    let segment: Segment | undefined = first;
    while (segment) {
      used.add(segment);
      current = segment.a === current ? segment.b : segment.a;
      nodes.push(current);
      if (current === start || at.get(current)!.length !== 2) break;
      segment = at.get(current)!.find((s) => !used.has(s));
    }
    return forward ? { left: first.left, right: first.right, nodes } : { left: first.right, right: first.left, nodes };
  };
  const arcs: Arc[] = [];
  for (const [node, held] of at) {
    if (held.length === 2) continue;
    for (const s of held) if (!used.has(s)) arcs.push(walk(node, s));
  }
  for (const s of segments) if (!used.has(s)) arcs.push(walk(s.a, s));
  // The land is always on the left.
  return arcs.map((arc) =>
    arc.left === OUTSIDE ? { left: arc.right, right: arc.left, nodes: [...arc.nodes].reverse() } : arc,
  );
}

function assemble(arcs: readonly Arc[], lines: readonly (readonly string[])[]): Mesh {
  const edges = new Map<number, Edge[]>();
  const add = (owner: number, from: string, to: string): void => {
    if (owner === OUTSIDE) return;
    const [ax, ay] = from.split(',').map(Number) as [number, number];
    const [bx, by] = to.split(',').map(Number) as [number, number];
    const held = edges.get(owner);
    if (held) held.push({ ax, ay, bx, by });
    else edges.set(owner, [{ ax, ay, bx, by }]);
  };
  arcs.forEach((arc, i) => {
    const line = lines[i]!;
    for (let k = 0; k + 1 < line.length; k++) {
      add(arc.left, line[k]!, line[k + 1]!);
      add(arc.right, line[k + 1]!, line[k]!);
    }
  });
  const cells = [...edges]
    .sort(([a], [b]) => a - b)
    .map(([owner, own]): [CellId, { id: CellId; polygons: ReturnType<typeof polygonsOf> }] => [
      owner + 1,
      { id: owner + 1, polygons: polygonsOf(chainRings(own)) },
    ]);
  return { cells: new Map(cells) };
}
