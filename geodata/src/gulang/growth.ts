/** Growing areas over the atoms: what a border between two settlements would be if each took the land it reaches first. */
import FlatQueue from 'flatqueue';
import type { Atoms } from './atoms.ts';
import { distance, type Point } from './frame.ts';
import type { Noise } from './random.ts';

export const NOBODY = -1;

export interface Source {
  readonly atom: number;
  readonly label: number;
  /** Metres of head start that others have. */
  readonly delay: number;
}

/** How hard an atom is to cross; makes borders wind as they do along ridges and ditches. */
export const roughness = (atoms: Atoms, noise: Noise): Float64Array =>
  // A factor, not a summand: easy ground must win over hard ground by enough to bend a border that is kilometres long.
  Float64Array.from(atoms.points, ([x, y]) =>
    Math.exp(2.6 * (noise(x, y, 7000) - 0.5) + 1.6 * (noise(x + 5e5, y, 1800) - 0.5)),
  );

/**
 * Multi-source shortest paths (Dijkstra): each allowed atom goes to the label that reaches it first.
 * @param speed by label; faster labels grow larger
 * @returns label by atom, NOBODY where none reaches
 */
export function grow(
  atoms: Atoms,
  rough: Float64Array,
  sources: readonly Source[],
  allowed: (atom: number) => boolean,
  speed: ArrayLike<number>,
): Int32Array {
  const n = atoms.points.length;
  const label = new Int32Array(n).fill(NOBODY);
  const cost = new Float64Array(n).fill(Infinity);
  const done = new Uint8Array(n);
  const queue = new FlatQueue<number>();
  for (const s of sources) {
    if (!allowed(s.atom) || s.delay >= cost[s.atom]!) continue;
    cost[s.atom] = s.delay;
    label[s.atom] = s.label;
    queue.push(s.atom, s.delay);
  }
  while (queue.length > 0) {
    const i = queue.pop()!;
    if (done[i]) continue;
    done[i] = 1;
    for (const j of atoms.neighbours[i]!) {
      if (done[j] || !allowed(j)) continue;
      const step = (distance(atoms.points[i]!, atoms.points[j]!) * (rough[i]! + rough[j]!)) / 2 / speed[label[i]!]!;
      if (cost[i]! + step < cost[j]!) {
        cost[j] = cost[i]! + step;
        label[j] = label[i]!;
        queue.push(j, cost[j]!);
      }
    }
  }
  return label;
}

/** Grows again and again, speeding up what came out too small, until areas come near the targets (square metres). */
export function growBalanced(
  atoms: Atoms,
  rough: Float64Array,
  sources: readonly Source[],
  allowed: (atom: number) => boolean,
  targets: readonly number[],
  rounds: number,
  step: { readonly exponent: number; readonly least: number; readonly most: number },
): Int32Array {
  const speed = targets.map(() => 1);
  for (let round = 1; ; round++) {
    const label = grow(atoms, rough, sources, allowed, speed);
    if (round >= rounds) return label;
    const area = targets.map(() => 0);
    label.forEach((l, i) => {
      if (l !== NOBODY) area[l]! += atoms.area[i]!;
    });
    targets.forEach((target, l) => {
      const ratio = (target / (area[l] || target * 0.2)) ** step.exponent;
      speed[l]! *= Math.min(step.most, Math.max(step.least, ratio));
    });
  }
}

/** The nearest atom that is acceptable. */
export function nearestAtom(atoms: Atoms, p: Point, ok: (atom: number) => boolean): number {
  let best = NOBODY;
  let least = Infinity;
  atoms.points.forEach((q, i) => {
    const d = distance(p, q);
    if (d < least && ok(i)) {
      least = d;
      best = i;
    }
  });
  if (best === NOBODY) throw new Error('no acceptable atom');
  return best;
}

/** A connected, uneven disc of acceptable atoms around a point. */
export function disc(
  atoms: Atoms,
  noise: Noise,
  centre: Point,
  radius: number,
  ok: (atom: number) => boolean,
): number[] {
  const first = nearestAtom(atoms, centre, ok);
  const seen = new Set([first]);
  const stack = [first];
  const out: number[] = [];
  while (stack.length > 0) {
    const i = stack.pop()!;
    const p = atoms.points[i]!;
    const limit = radius * (0.5 + noise(p[0] + 3 * centre[0], p[1], radius * 1.7));
    if (i !== first && distance(p, centre) > limit) continue;
    out.push(i);
    for (const j of atoms.neighbours[i]!) {
      if (seen.has(j) || !ok(j)) continue;
      seen.add(j);
      stack.push(j);
    }
  }
  return out;
}
