/** Who owns which atom: townships, then islands, communities, villages and the grids in them. */
import type { GridClass } from '../county/county.ts';
import { type Atoms, TOWN_CORES } from './atoms.ts';
import {
  COMMUNITY_GRIDS,
  ENCLAVES,
  RURAL_EXTRA,
  SPECIAL_GRIDS,
  STREET_UNIT,
  TOWNSHIPS,
  type TownshipFacts,
  VACATED_GRIDS,
} from './facts.ts';
import { distance, PLANE, type Point } from './frame.ts';
import { disc, growBalanced, NOBODY, nearestAtom, roughness, type Source } from './growth.ts';
import { fractalNoise, type Random, random } from './random.ts';
import { divide, spreadCentres } from './settlements.ts';

/** A grid before it has a code: what it is and to whom it belongs. */
export interface Plot {
  readonly class: GridClass;
  readonly township: string;
  /** Null for a special grid, which belongs to the village it borders most. */
  readonly village: string | null;
  /** A special grid's own name; null where the name follows from village and number. */
  readonly name: string | null;
  readonly owner_unit: string | null;
  /** 原址生态管护: on the land that a relocated township left. */
  readonly vacated: boolean;
}

export interface Layout {
  readonly plots: readonly Plot[];
  /** Index into plots, by atom. */
  readonly owner: Int32Array;
}

export function layOut(atoms: Atoms, seed: number): Layout {
  const noise = fractalNoise(seed, 'borders');
  const rough = roughness(atoms, noise);
  const uniform = random(seed, 'settlements');
  const township = townshipsOf(atoms, rough);
  const owner = new Int32Array(atoms.points.length).fill(NOBODY);
  const plots: Plot[] = [];
  const claim = (plot: Plot, members: Iterable<number>): void => {
    plots.push(plot);
    for (const i of members) owner[i] = plots.length - 1;
  };
  // Islands keep one atom away from the outline, so that their surroundings stay in one piece.
  const inland = (i: number): boolean => owner[i] === NOBODY && !atoms.onOutline[i];

  for (const s of SPECIAL_GRIDS) {
    const plot: Plot = {
      class: 'special',
      township: s.host_township,
      village: null,
      name: s.name,
      owner_unit: s.owner_unit,
      vacated: false,
    };
    claim(plot, disc(atoms, noise, PLANE.forward(s.centre), s.radius_m, inland));
  }
  for (const [village, position] of Object.entries(ENCLAVES)) {
    const members = disc(atoms, noise, PLANE.forward(position), 1250, inland);
    const townshipCode = TOWNSHIPS.find((t) => t.villages.some(([code]) => code === village))!.code;
    const n = 1 + (RURAL_EXTRA[village] ?? 0);
    const plot: Plot = {
      class: 'rural',
      township: townshipCode,
      village,
      name: null,
      owner_unit: null,
      vacated: false,
    };
    claimParts(atoms, rough, members, Array(n).fill(plot), spreadCentres(atoms, members, n, uniform), 8, claim);
  }
  TOWNSHIPS.forEach((t, index) => {
    const core = TOWN_CORES.find((c) => c.township === t.code);
    if (core) {
      const town = disc(atoms, noise, core.centre, core.radius, (i) => township[i] === index && inland(i));
      const centres = spreadCentres(atoms, town, t.communities.length, uniform);
      const part = divide(atoms, rough, town, centres, 6);
      t.communities.forEach(([code], c) => {
        const members = town.filter((i) => part.get(i) === c);
        const n = COMMUNITY_GRIDS[code]!;
        const plot: Plot = {
          class: 'community',
          township: STREET_UNIT.communities.includes(code) ? STREET_UNIT.code : t.code,
          village: code,
          name: null,
          owner_unit: null,
          vacated: false,
        };
        claimParts(atoms, rough, members, Array(n).fill(plot), spreadCentres(atoms, members, n, uniform), 12, claim);
      });
    }
    const rest = atoms.points.flatMap((_, i) => (township[i] === index && owner[i] === NOBODY ? [i] : []));
    // Villages first, then the grids in each, so that the grids of one village adjoin.
    const villages = ruralVillages(t.code);
    const centres = villageCentres(atoms, rest, villages.length, PLANE.forward(t.seat), uniform);
    const shares = villages.map((own) => own.length);
    const part = divide(atoms, rough, rest, centres, 6, shares);
    villages.forEach((own, v) => {
      const members = rest.filter((i) => part.get(i) === v);
      claimParts(atoms, rough, members, own, spreadCentres(atoms, members, own.length, uniform), 8, claim);
    });
  });
  settle(atoms, plots, owner);
  return { plots, owner };
}

function townshipsOf(atoms: Atoms, rough: Float64Array): Int32Array {
  const sources: Source[] = TOWNSHIPS.flatMap((t, label) => {
    const [seat, ...spine] = spineOf(t);
    const source = (p: Point, delay: number): Source => ({ atom: nearestAtom(atoms, p, () => true), label, delay });
    return [source(seat!, 0), ...spine.map((p) => source(p, 700))];
  });
  const wanted = TOWNSHIPS.reduce((sum, t) => sum + t.target_area_km2, 0);
  const land = atoms.area.reduce((sum, a) => sum + a, 0);
  const targets = TOWNSHIPS.map((t) => (t.target_area_km2 / wanted) * land);
  return growBalanced(atoms, rough, sources, () => true, targets, 30, { exponent: 0.3, least: 0.92, most: 1.09 });
}

/** The seat, then points every 1.5 km along the lines that join the skeleton to it: a township must not fall apart. */
function spineOf(t: TownshipFacts): Point[] {
  const joined = [PLANE.forward(t.seat)];
  const spine = [...joined];
  for (const end of t.skeleton.map((p) => PLANE.forward(p))) {
    const start = joined.reduce((a, b) => (distance(b, end) < distance(a, end) ? b : a));
    const steps = Math.ceil(distance(start, end) / 1500);
    for (let k = 1; k <= steps; k++) {
      spine.push([start[0] + ((end[0] - start[0]) * k) / steps, start[1] + ((end[1] - start[1]) * k) / steps]);
    }
    joined.push(end);
  }
  return spine;
}

/** Rural plots of a township by village, enclaves apart; each plot of vacated land stands by itself. */
function ruralVillages(township: string): Plot[][] {
  const t = TOWNSHIPS.find(({ code }) => code === township)!;
  const plot = { class: 'rural', township, name: null, owner_unit: null } as const;
  const villages = t.villages.flatMap(([village]): Plot[][] =>
    ENCLAVES[village] ? [] : [Array(1 + (RURAL_EXTRA[village] ?? 0)).fill({ ...plot, village, vacated: false })],
  );
  const vacated = Array.from({ length: VACATED_GRIDS[township] ?? 0 }, (_, k): Plot[] => {
    const [village] = t.villages[k % t.villages.length]!;
    return [{ ...plot, village, vacated: true }];
  });
  return [...villages, ...vacated];
}

/** Villages lie denser near the seat; neighbours by bearing from it follow each other in the list of codes. */
function villageCentres(atoms: Atoms, members: readonly number[], n: number, seat: Point, uniform: Random): Point[] {
  return spreadCentres(atoms, members, n, uniform)
    .map(([x, y]): Point => [seat[0] + (x - seat[0]) * 0.82, seat[1] + (y - seat[1]) * 0.82])
    .sort((a, b) => Math.atan2(a[1] - seat[1], a[0] - seat[0]) - Math.atan2(b[1] - seat[1], b[0] - seat[0]));
}

function claimParts(
  atoms: Atoms,
  rough: Float64Array,
  members: readonly number[],
  plots: readonly Plot[],
  centres: readonly Point[],
  rounds: number,
  claim: (plot: Plot, members: Iterable<number>) => void,
): void {
  const part = divide(atoms, rough, members, centres, rounds);
  plots.forEach((plot, p) => {
    claim(
      plot,
      members.filter((i) => part.get(i) === p),
    );
  });
}

/**
 * Gives land that nobody reached, and pieces cut off from their grid, to a neighbour; islands grow only over pockets that
 * they enclose.
 */
function settle(atoms: Atoms, plots: readonly Plot[], owner: Int32Array): void {
  const anyone = (j: number): boolean => owner[j] !== NOBODY;
  const noIsland = (j: number): boolean => anyone(j) && plots[owner[j]!]!.class !== 'special';
  for (let changed = true; changed; ) {
    changed = release(atoms, plots.length, owner);
    flood(atoms, owner, noIsland);
    flood(atoms, owner, anyone);
    if (owner.includes(NOBODY)) throw new Error('land without a grid');
  }
}

/** Gives unowned atoms to an acceptable neighbour's owner, as far as that goes. */
function flood(atoms: Atoms, owner: Int32Array, host: (atom: number) => boolean): void {
  for (let filling = true; filling; ) {
    filling = false;
    owner.forEach((o, i) => {
      if (o !== NOBODY) return;
      const from = atoms.neighbours[i]!.find(host);
      if (from === undefined) return;
      owner[i] = owner[from]!;
      filling = true;
    });
  }
}

/** Takes all but the largest connected piece from each grid. */
function release(atoms: Atoms, plots: number, owner: Int32Array): boolean {
  const piece = new Int32Array(owner.length).fill(-1);
  const pieces: { plot: number; area: number }[] = [];
  owner.forEach((plot, start) => {
    if (plot === NOBODY || piece[start] !== -1) return;
    const id = pieces.length;
    const stack = [start];
    piece[start] = id;
    let area = 0;
    while (stack.length > 0) {
      const i = stack.pop()!;
      area += atoms.area[i]!;
      for (const j of atoms.neighbours[i]!) {
        if (piece[j] !== -1 || owner[j] !== plot) continue;
        piece[j] = id;
        stack.push(j);
      }
    }
    pieces.push({ plot, area });
  });
  const largest = new Int32Array(plots).fill(-1);
  pieces.forEach(({ plot, area }, id) => {
    if (largest[plot] === -1 || pieces[largest[plot]!]!.area < area) largest[plot] = id;
  });
  let released = owner.includes(NOBODY);
  owner.forEach((plot, i) => {
    if (plot === NOBODY || largest[plot] === piece[i]) return;
    owner[i] = NOBODY;
    released = true;
  });
  return released;
}
