/** Dividing a set of atoms among settlements. */
import type { Atoms } from './atoms.ts';
import { distance, type Point } from './frame.ts';
import { growBalanced, NOBODY, type Source } from './growth.ts';
import type { Random } from './random.ts';

/** Centres of `n` compact parts of the atoms: far-apart starts, then area-weighted means (Lloyd). */
export function spreadCentres(atoms: Atoms, members: readonly number[], n: number, uniform: Random): Point[] {
  const centres: Point[] = [atoms.points[members[Math.floor(uniform() * members.length)]!]!];
  while (centres.length < n) {
    let best = members[0]!;
    let most = -1;
    for (const i of members) {
      const d = Math.min(...centres.map((c) => distance(c, atoms.points[i]!))) * (0.7 + 0.6 * uniform());
      if (d > most) {
        most = d;
        best = i;
      }
    }
    centres.push(atoms.points[best]!);
  }
  for (let round = 0; round < 14; round++) {
    const sums = centres.map(() => [0, 0, 0] as [number, number, number]);
    for (const i of members) {
      const p = atoms.points[i]!;
      const sum = sums[nearestIndex(centres, p)]!;
      sum[0] += p[0] * atoms.area[i]!;
      sum[1] += p[1] * atoms.area[i]!;
      sum[2] += atoms.area[i]!;
    }
    sums.forEach(([x, y, weight], c) => {
      if (weight > 0) centres[c] = [x / weight, y / weight];
    });
  }
  return centres;
}

const nearestIndex = (centres: readonly Point[], p: Point): number => {
  let best = 0;
  let least = Infinity;
  centres.forEach((c, i) => {
    const d = distance(c, p);
    if (d < least) {
      least = d;
      best = i;
    }
  });
  return best;
};

/**
 * Part of each member atom, by index of its centre; each part hangs together. Members that no part reaches are missing.
 * @param shares wanted sizes of the parts, in any unit
 */
export function divide(
  atoms: Atoms,
  rough: Float64Array,
  members: readonly number[],
  centres: readonly Point[],
  rounds: number,
  shares: readonly number[] = centres.map(() => 1),
): Map<number, number> {
  const inside = new Set(members);
  const taken = new Set<number>();
  const sources: Source[] = centres.map((centre, label) => {
    let atom = members[0]!;
    let least = Infinity;
    for (const i of members) {
      const d = distance(centre, atoms.points[i]!);
      if (d < least && !taken.has(i)) {
        least = d;
        atom = i;
      }
    }
    taken.add(atom);
    return { atom, label, delay: 0 };
  });
  const total = members.reduce((sum, i) => sum + atoms.area[i]!, 0);
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const label = growBalanced(
    atoms,
    rough,
    sources,
    (i) => inside.has(i),
    shares.map((share) => (total * share) / whole),
    rounds,
    { exponent: 0.3, least: 0.87, most: 1.15 },
  );
  return new Map(members.flatMap((i) => (label[i] === NOBODY ? [] : [[i, label[i]!] as const])));
}
