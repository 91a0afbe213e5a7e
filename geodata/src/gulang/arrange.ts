/**
 * From atoms to a mesh: the lines between atoms of different owners, chained into arcs, each simplified once, put
 * together to rings that the neighbours share. Gaps and overlaps cannot come about.
 */
import { contacts } from '../check/contacts.ts';
import { toLattice } from '../mesh/lattice.ts';
import type { Cell, CellId, Mesh } from '../mesh/mesh.ts';
import { NodeIndex } from '../mesh/nodes.ts';
import { assemblePolygons, traceRings } from '../mesh/trace.ts';
import type { Atoms } from './atoms.ts';
import { PLANE, type Point } from './frame.ts';
import { simplified } from './simplify.ts';

const OUTSIDE = -1;

/** A piece of border between two nodes, with one owner on each side. */
interface Segment {
  readonly a: number;
  readonly b: number;
  readonly left: number;
  readonly right: number;
}

/** A run of border between the same two owners. Land, if on one side only, is on the left. */
interface Arc {
  readonly left: number;
  readonly right: number;
  readonly nodes: readonly number[];
}

/** Nodes on the lattice, and where each stands in the plane. */
interface Places {
  readonly nodes: NodeIndex;
  readonly points: Point[];
}

/** @returns one cell for each owner, its id the owner's index + 1. */
export function arrange(atoms: Atoms, owner: Int32Array): Mesh {
  const places: Places = { nodes: new NodeIndex(), points: [] };
  const arcs = chainArcs(segmentsOf(atoms, owner, places));
  const lines = arcs.map(({ nodes, right }) => {
    const kept = simplified(
      nodes.map((node) => places.points[node]!),
      right === OUTSIDE,
    );
    return kept.map((k) => nodes[k]!);
  });
  // Two arcs that run close together may cross once simplified: those go back to their full form, which cannot cross.
  for (;;) {
    const mesh = assemble(arcs, lines, places.nodes);
    const { crossings, junctions } = contacts(mesh);
    if (crossings.length + junctions.length === 0) return mesh;
    const touched = new Set<number>();
    for (const { nodes } of [...crossings, ...junctions]) {
      for (let k = 0; k < nodes.length; k += 2) touched.add(places.nodes.find(nodes[k]!, nodes[k + 1]!));
    }
    let restored = 0;
    lines.forEach((line, i) => {
      const full = arcs[i]!.nodes;
      if (line.length === full.length || !line.some((node) => touched.has(node))) return;
      lines[i] = [...full];
      restored++;
    });
    if (restored === 0) throw new Error('Borders cross before they are simplified.');
  }
}

/** Half of each triangle's edges lie with either end: borders run from the triangles' centroids to the edges' middles. */
function segmentsOf(atoms: Atoms, owner: Int32Array, { nodes, points }: Places): Segment[] {
  const node = (p: Point): number => {
    const [lon, lat] = PLANE.inverse(p);
    const found = nodes.intern(toLattice(lon), toLattice(lat));
    points[found] ??= p;
    return found;
  };
  const middle = (i: number, j: number): number => {
    const [a, b] = [atoms.points[i]!, atoms.points[j]!];
    return node([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
  };
  const out: Segment[] = [];
  const add = (a: number, b: number, left: number, right: number): void => {
    if (a !== b) out.push({ a, b, left, right });
  };
  for (const corners of atoms.triangles) {
    const [i, j, k] = corners;
    if (owner[i] === owner[j] && owner[j] === owner[k]) continue;
    const [p, q, r] = [atoms.points[i]!, atoms.points[j]!, atoms.points[k]!];
    const centre = node([(p[0] + q[0] + r[0]) / 3, (p[1] + q[1] + r[1]) / 3]);
    corners.forEach((from, c) => {
      const to = corners[(c + 1) % 3]!;
      // Seen from the centroid towards the middle of from → to (counter-clockwise), `to` lies left and `from` right.
      if (owner[from] !== owner[to]) add(centre, middle(from, to), owner[to]!, owner[from]!);
    });
  }
  for (const [i, j] of atoms.outline) {
    const [a, b] = [node(atoms.points[i]!), node(atoms.points[j]!)];
    if (owner[i] === owner[j]) {
      add(a, b, owner[i]!, OUTSIDE);
    } else {
      const m = middle(i, j);
      add(a, m, owner[i]!, OUTSIDE);
      add(m, b, owner[j]!, OUTSIDE);
    }
  }
  return out;
}

/** Arcs run between nodes where other than two segments meet; a border without such a node is one closed arc. */
function chainArcs(segments: readonly Segment[]): Arc[] {
  const at = new Map<number, Segment[]>();
  for (const s of segments) {
    for (const node of [s.a, s.b]) {
      const held = at.get(node);
      if (held) held.push(s);
      else at.set(node, [s]);
    }
  }
  const used = new Set<Segment>();
  const walk = (start: number, first: Segment): Arc => {
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
    const { left, right } = first;
    const arc = first.a === start ? { left, right, nodes } : { left: right, right: left, nodes };
    return arc.left === OUTSIDE ? { left: arc.right, right: OUTSIDE, nodes: nodes.reverse() } : arc;
  };
  const arcs: Arc[] = [];
  for (const [node, held] of at) {
    if (held.length === 2) continue;
    for (const s of held) if (!used.has(s)) arcs.push(walk(node, s));
  }
  for (const s of segments) if (!used.has(s)) arcs.push(walk(s.a, s));
  return arcs;
}

function assemble(arcs: readonly Arc[], lines: readonly (readonly number[])[], nodes: NodeIndex): Mesh {
  const borders = new Map<number, { from: number[]; to: number[] }>();
  const add = (owner: number, a: number, b: number): void => {
    if (owner === OUTSIDE) return;
    let border = borders.get(owner);
    if (!border) {
      border = { from: [], to: [] };
      borders.set(owner, border);
    }
    border.from.push(a);
    border.to.push(b);
  };
  arcs.forEach((arc, i) => {
    const line = lines[i]!;
    for (let k = 0; k + 1 < line.length; k++) {
      add(arc.left, line[k]!, line[k + 1]!);
      add(arc.right, line[k + 1]!, line[k]!);
    }
  });
  const cells = new Map<CellId, Cell>();
  for (const owner of [...borders.keys()].sort((a, b) => a - b)) {
    const { from, to } = borders.get(owner)!;
    cells.set(owner + 1, { id: owner + 1, polygons: assemblePolygons(traceRings(nodes, from, to)) });
  }
  return { cells };
}
