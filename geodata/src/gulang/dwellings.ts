/** Settlement cells of the demonstration county: compact villages, dense town blocks. Every place is synthetic. */
import type { Division, Dwelling, Grid, LonLat } from '../county/county.ts';
import { toDegrees, toLattice } from '../mesh/lattice.ts';
import type { Mesh } from '../mesh/mesh.ts';
import { apportion } from './apportion.ts';
import { cellFigures, settingOf } from './dwelling-figures.ts';
import { distance, PLANE, type Point } from './frame.ts';
import { groupBy } from './group.ts';
import { CLEARANCE_M, Land } from './land.ts';
import { type Random, random } from './random.ts';

export interface Ground {
  readonly divisions: readonly Division[];
  readonly grids: readonly Grid[];
  readonly mesh: Mesh;
}

/** About 4,500 cells in grid order, with 250,200 residents in all. */
export function gulangDwellings({ divisions, grids, mesh }: Ground, seed: number): Dwelling[] {
  const figures = cellFigures(grids, divisions, seed);
  const division = new Map(divisions.map((d) => [d.code, d]));
  const dwellings: Dwelling[] = [];
  for (const grid of grids) {
    const uniform = random(seed, `dwellings ${grid.id}`);
    const land = new Land(mesh.cells.get(grid.id)!, uniform);
    const cells = figures.get(grid.id)!;
    const seat = seatOf(grid, division);
    const setting = settingOf(grid, division.get(grid.village_code)!);
    const points =
      setting === 'village' || setting === 'resettlement'
        ? villagePoints(land, cells.length, seat, setting === 'resettlement', uniform)
        : setting === 'community'
          ? blockPoints(land, cells.length, seat, uniform)
          : land.scatter(cells.length, []);
    cells.forEach((cell, i) => {
      dwellings.push({
        id: dwellings.length + 1,
        grid_id: grid.id,
        village_code: grid.village_code,
        point: onLattice(points[i]!),
        ...cell,
      });
    });
  }
  return dwellings;
}

/** Where a village has its office: the middle of its largest settlement. By village code. */
export function villageOffices(dwellings: readonly Dwelling[]): ReadonlyMap<string, LonLat> {
  const byVillage = groupBy(dwellings, (d) => d.village_code);
  return new Map([...byVillage].map(([code, cells]) => [code, middleOf(cells)]));
}

/** The cell with the most residents within 300 m. */
export function middleOf(cells: readonly Dwelling[]): LonLat {
  const points = cells.map((d) => PLANE.forward(d.point));
  let best = cells[0]!;
  let most = -1;
  cells.forEach((cell, i) => {
    const around = cells.reduce((n, d, j) => (distance(points[i]!, points[j]!) <= 300 ? n + d.population : n), 0);
    if (around > most) {
      most = around;
      best = cell;
    }
  });
  return best.point;
}

/** The seat that a grid's people go to: of the township on whose land it lies, by the prefix of its code. */
function seatOf(grid: Grid, division: ReadonlyMap<string, Division>): Point {
  const seat = division.get(grid.code.slice(0, 9))?.seat ?? division.get(grid.managing_township_code)?.seat;
  if (!seat) throw new Error(`grid ${grid.code}: its township has no seat`);
  return PLANE.forward(seat);
}

const onLattice = (p: Point): LonLat => {
  const [lon, lat] = PLANE.inverse(p);
  return [toDegrees(toLattice(lon)), toDegrees(toLattice(lat))];
};

/** A main hamlet on the side of the township's seat and a chain of smaller ones; a resettlement village is one block. */
function villagePoints(land: Land, n: number, seat: Point, planned: boolean, uniform: Random): Point[] {
  const hamlets = planned ? 1 : 1 + Math.floor(Math.min(6.5, n / 3.5) * (0.35 + 0.65 * uniform()));
  const centres: Point[] = [];
  const points: Point[] = [];
  const shares = Array.from({ length: hamlets }, (_, h) => (h === 0 ? 2 : 0.6 + 0.8 * uniform()));
  const sizes = apportion(n, shares);
  for (const size of sizes) {
    const centre = hamletCentre(land, seat, centres, planned, uniform);
    centres.push(centre);
    points.push(...lattice(land, centre, size, points, planned, uniform));
  }
  return points.length < n ? [...points, ...land.scatter(n - points.length, points)] : points;
}

/** Hamlets lie well inside the grid where it is wide enough, and not in sight of each other. */
function hamletCentre(land: Land, seat: Point, others: readonly Point[], planned: boolean, uniform: Random): Point {
  const clearances = planned ? [450, 240, CLEARANCE_M] : [240, 120, CLEARANCE_M];
  for (const clearance of clearances) {
    let best: Point | null = null;
    let least = Infinity;
    for (let tried = 0; tried < 25; tried++) {
      const p = land.place(clearance);
      if (!p) break;
      const nearest = Math.min(Infinity, ...others.map((q) => distance(p, q)));
      const from = others.length === 0 ? distance(p, seat) : nearest;
      const cost = from * (0.6 + 0.8 * uniform()) + (nearest < 550 ? 1e6 : 0);
      if (cost < least) {
        least = cost;
        best = p;
      }
    }
    if (best) return best;
  }
  throw land.full();
}

/** Cells along lanes around a centre, outward; those that fall too near to the border or to another are left out. */
function lattice(
  land: Land,
  centre: Point,
  n: number,
  taken: readonly Point[],
  planned: boolean,
  uniform: Random,
): Point[] {
  const spacing = planned ? 85 : 74;
  const shake = spacing * (planned ? 0.05 : 0.28);
  // Old villages stretch along a road or a stream.
  const stretch = planned ? 1.2 : 1.3 + 1.5 * uniform();
  const turn = Math.PI * uniform();
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const reach = Math.ceil(2.2 * Math.sqrt(n * stretch)) + 2;
  const slots: { x: number; y: number; far: number }[] = [];
  for (let i = -reach; i <= reach; i++) {
    for (let j = -reach; j <= reach; j++) {
      slots.push({ x: i, y: j, far: Math.hypot(i / stretch, j) * (planned ? 1 : 0.8 + 0.5 * uniform()) });
    }
  }
  slots.sort((a, b) => a.far - b.far);
  const points: Point[] = [];
  for (const { x, y } of slots) {
    if (points.length === n) break;
    const dx = x * spacing + shake * (2 * uniform() - 1);
    const dy = y * spacing + shake * (2 * uniform() - 1);
    const p: Point = [centre[0] + dx * cos - dy * sin, centre[1] + dx * sin + dy * cos];
    if (taken.every((q) => distance(p, q) > spacing / 2) && land.holds(p, CLEARANCE_M)) points.push(p);
  }
  return points;
}

/** Town blocks over the whole of a grid, fuller towards the seat. */
function blockPoints(land: Land, n: number, seat: Point, uniform: Random): Point[] {
  const turn = 0.3;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  for (let spacing = Math.sqrt(land.box_m2 / n); spacing > 25; spacing *= 0.88) {
    const points = land.rows(spacing, cos, sin, uniform);
    if (points.length < n) continue;
    return points
      .map((p) => ({ p, cost: distance(p, seat) * (0.6 + 0.8 * uniform()) }))
      .sort((a, b) => a.cost - b.cost)
      .slice(0, n)
      .map(({ p }) => p);
  }
  return land.scatter(n, []);
}
