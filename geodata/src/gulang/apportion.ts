/**
 * Whole parts of a whole total in proportion to weights (Hamilton's method of largest remainders); parts add up to the
 * total. Equal remainders go to the first.
 *
 * @throws Error where a weight is negative or no number, or all are zero and the total is not.
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((s, w) => s + w, 0);
  if (!weights.every((w) => w >= 0) || (total !== 0 && !(sum > 0))) throw new Error('weights: need a positive sum');
  if (total === 0) return weights.map(() => 0);
  const exact = weights.map((w) => (total * w) / sum);
  const parts = exact.map(Math.floor);
  const left = total - parts.reduce((s, n) => s + n, 0);
  const byRemainder = exact.map((_, i) => i).sort((a, b) => exact[b]! - parts[b]! - (exact[a]! - parts[a]!) || a - b);
  for (const i of byRemainder.slice(0, left)) parts[i]!++;
  return parts;
}
