import { distance, type Point } from './frame.ts';

/**
 * Indices of the points of a line that stay (Visvalingam–Whyatt 1993: drop the point whose triangle with its two
 * neighbours is smallest, again and again). Ends stay. The tolerance grows with the line's length, so that short town
 * borders keep their corners.
 * @param outline keeps every real corner: only points on straight pieces go
 */
export function simplified(line: readonly Point[], outline: boolean): number[] {
  const length = line.reduce((sum, p, i) => (i === 0 ? 0 : sum + distance(p, line[i - 1]!)), 0);
  const tolerance = outline ? 0.5 : 10 * Math.min(9000, Math.max(300, length * length * 1e-4));
  const closed = line[0] === line.at(-1);
  const least = closed ? 9 : Math.min(line.length, 3);
  const kept = line.map((_, i) => i);
  const sizes = kept.map((_, k) => triangle(line, kept, k));
  while (kept.length > least) {
    let smallest = -1;
    for (let k = 1; k + 1 < kept.length; k++) {
      if (sizes[k]! <= tolerance && (smallest < 0 || sizes[k]! < sizes[smallest]!)) smallest = k;
    }
    if (smallest < 0) break;
    kept.splice(smallest, 1);
    sizes.splice(smallest, 1);
    for (const k of [smallest - 1, smallest]) sizes[k] = triangle(line, kept, k);
  }
  return kept;
}

/** Area in m² of the triangle of a point with its two neighbours. */
function triangle(line: readonly Point[], kept: readonly number[], k: number): number {
  const a = line[kept[k - 1]!];
  const b = line[kept[k]!];
  const c = line[kept[k + 1]!];
  if (!a || !b || !c) return Infinity;
  return Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])) / 2;
}
