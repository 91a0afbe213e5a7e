/**
 * The 278 grids of the demonstration county. Names, codes of divisions and counts are facts; every line is synthetic.
 */
import { readingOrder } from '../code/order.ts';
import { formatCode, schemeOf } from '../code/scheme.ts';
import type { Division, Grid } from '../county/county.ts';
import { halfEdges, rightOf } from '../mesh/edges.ts';
import type { Cell, CellId, Mesh } from '../mesh/mesh.ts';
import { arrange } from './arrange.ts';
import { layAtoms } from './atoms.ts';
import { gulangDivisions } from './divisions.ts';
import { layOut, type Plot } from './layout.ts';

export interface Tiling {
  readonly divisions: Division[];
  /** In code order; ids 1 … 278 follow it. */
  readonly grids: Grid[];
  readonly mesh: Mesh;
}

/** Code scheme of the demonstration county; the county's real one is not public. */
export const CODE_SCHEME = 'cn-grid-15';

/** The tiling of a seed: 278 cells without gap or overlap; the same seed gives the same bytes. */
export function gulangTiling(seed: number): Tiling {
  const atoms = layAtoms(seed);
  const { plots, owner } = layOut(atoms, seed);
  const mesh = arrange(atoms, owner);
  const divisions = gulangDivisions();
  const villageOf = villages(plots, mesh, divisions);
  const grids = named(plots, numbered(plots, villageOf, mesh), villageOf, divisions);
  // Ids follow the codes, so that the order of ids means something to a reader.
  const sorted = [...grids.entries()].sort(([, a], [, b]) => (a.code < b.code ? -1 : 1));
  const renumbered = sorted.map(([cell, grid], i) => ({ cell, grid: { id: i + 1, ...grid } }));
  return {
    divisions,
    grids: renumbered.map(({ grid }) => grid),
    mesh: {
      cells: new Map(
        renumbered.map(({ cell, grid }) => [grid.id, { id: grid.id, polygons: mesh.cells.get(cell)!.polygons }]),
      ),
    },
  };
}

/** The cell of a plot, before ids follow the codes. */
const cellOf = (plot: number): CellId => plot + 1;

/** The village of each plot; a special grid belongs to the one it borders most within the township that hosts it. */
function villages(plots: readonly Plot[], mesh: Mesh, divisions: readonly Division[]): string[] {
  const edges = halfEdges(mesh);
  const shared = plots.map(() => new Map<string, number>());
  for (let e = 0; e < edges.count; e++) {
    const neighbour = rightOf(edges, e);
    const village = neighbour === null ? null : plots[neighbour - 1]!.village;
    if (village === null) continue;
    const own = shared[edges.cell[e]! - 1]!;
    const [a, b] = [edges.from[e]!, edges.to[e]!];
    const length = Math.hypot(edges.nodes.lon(b) - edges.nodes.lon(a), edges.nodes.lat(b) - edges.nodes.lat(a));
    own.set(village, (own.get(village) ?? 0) + length);
  }
  const codes = divisions.filter((d) => d.level === 'village').map((d) => d.code);
  return plots.map((plot, p) => {
    if (plot.village) return plot.village;
    const hosted = [...shared[p]!].filter(([village]) => village.startsWith(plot.township));
    // In the three towns special grids stand among communities, even where a field borders them longer.
    const communities = hosted.filter(([village]) => Number(village.slice(-3)) < 200);
    const candidates = (communities.length > 0 ? communities : hosted).sort(([, a], [, b]) => b - a);
    return candidates[0]?.[0] ?? codes.find((code) => code.startsWith(plot.township))!;
  });
}

/** Codes by plot: the grids of a village in reading order, special ones in a band of their own. */
function numbered(plots: readonly Plot[], villageOf: readonly string[], mesh: Mesh): string[] {
  const scheme = schemeOf(CODE_SCHEME);
  const groups = new Map<string, Cell[]>();
  plots.forEach((plot, p) => {
    const key = `${villageOf[p]} ${plot.class === 'special'}`;
    const cell = mesh.cells.get(cellOf(p))!;
    groups.set(key, [...(groups.get(key) ?? []), cell]);
  });
  const codes: string[] = [];
  for (const cells of groups.values()) {
    readingOrder(cells).forEach((id, i) => {
      const { class: gridClass } = plots[id - 1]!;
      codes[id - 1] = formatCode(scheme, villageOf[id - 1]!, gridClass, scheme.bands[gridClass][0] + i);
    });
  }
  return codes;
}

/** Names agree with the numbers of the codes; a village with a single grid needs no number. */
function named(
  plots: readonly Plot[],
  codes: readonly string[],
  villageOf: readonly string[],
  divisions: readonly Division[],
): Map<CellId, Omit<Grid, 'id'>> {
  const division = new Map(divisions.map((d) => [d.code, d]));
  const grids = new Map<CellId, Omit<Grid, 'id'>>();
  plots.forEach((plot, p) => {
    const code = codes[p]!;
    const village = division.get(villageOf[p]!)!;
    const siblings = plots.filter((q, i) => villageOf[i] === villageOf[p] && q.class === plot.class);
    const number = Number(code.slice(-3));
    const suffix = siblings.length > 1 ? `第${number}网格` : '网格';
    grids.set(cellOf(p), {
      code,
      name: plot.name ?? `${village.short_name}${plot.vacated ? '原址生态管护' : ''}${suffix}`,
      class: plot.class,
      village_code: village.code,
      managing_township_code: village.parent_code!,
      owner_unit: plot.owner_unit,
    });
  });
  return grids;
}
