import { chainRings, type Edge } from '../mesh/chain.ts';
import { HalfEdges } from '../mesh/edges.ts';
import { nodeKey } from '../mesh/lattice.ts';
import type { CellId, Mesh, Ring } from '../mesh/mesh.ts';
import { doubleArea } from '../mesh/ring.ts';
import { errorAt, type Issue } from './issue.ts';

/**
 * Land that belongs to nobody. Edges without a neighbour, seen from outside, bound either the world outside the county
 * or a gap; of these faces the ones that are enclosed are gaps, hairline T-junctions among them.
 * @param outline rings of the land that should be covered; where given, unshared edges off it are gaps as well
 */
export function gapIssues(mesh: Mesh, outline?: readonly Ring[]): Issue[] {
  const half = new HalfEdges(mesh);
  const free: (Edge & { cell: CellId })[] = [];
  for (const edge of half.all()) {
    if (half.twins(edge).length === 0)
      free.push({ cell: edge.cell, ax: edge.bx, ay: edge.by, bx: edge.ax, by: edge.ay });
  }
  const cellsAt = new Map<string, Set<CellId>>();
  for (const edge of free) {
    const key = nodeKey(edge.ax, edge.ay);
    cellsAt.set(key, (cellsAt.get(key) ?? new Set()).add(edge.cell));
  }
  const issues: Issue[] = [];
  let rings: Ring[];
  try {
    rings = chainRings(free);
  } catch {
    // Overlapping cells leave edges that bound nothing; `overlap` names them.
    return free.map((edge) => errorAt('gap', [edge.cell], edge.ax, edge.ay));
  }
  for (const ring of rings) {
    // Seen from outside, the world is a clockwise ring around each piece of land and a gap a counter-clockwise one.
    if (doubleArea(ring) > 0) {
      const cells = new Set<CellId>();
      for (let k = 0; k < ring.length; k += 2) {
        for (const id of cellsAt.get(nodeKey(ring[k]!, ring[k + 1]!)) ?? []) cells.add(id);
      }
      issues.push(errorAt('gap', cells, ring[0]!, ring[1]!));
    }
  }
  return outline ? [...issues, ...uncovered(free, outline)] : issues;
}

/** Free edges that are no edge of the outline: land is missing, or there is too much, along them. */
function uncovered(free: readonly (Edge & { cell: CellId })[], outline: readonly Ring[]): Issue[] {
  const wanted = new Set<string>();
  for (const ring of outline) {
    for (let k = 0; k < ring.length; k += 2) {
      const n = (k + 2) % ring.length;
      wanted.add(`${nodeKey(ring[k]!, ring[k + 1]!)} ${nodeKey(ring[n]!, ring[n + 1]!)}`);
    }
  }
  const issues: Issue[] = [];
  for (const edge of free) {
    const key = `${nodeKey(edge.bx, edge.by)} ${nodeKey(edge.ax, edge.ay)}`;
    if (!wanted.delete(key)) issues.push(errorAt('gap', [edge.cell], edge.bx, edge.by));
  }
  for (const key of wanted) {
    const [x, y] = key.split(' ')[0]!.split(',').map(Number) as [number, number];
    issues.push(errorAt('gap', [], x, y));
  }
  return issues;
}
