/**
 * Small counts before strangers' eyes (接待模式): a count below three may point at a person, so it is shown as ＜3, and
 * where a total would give it away, a second part of that total is left out as well.
 *
 * A count that is not shown is a number that is not finite. Its sums, differences, multiples and shares of something are
 * then not finite either, so that what is computed from it is withheld also where nobody thought of it. As a denominator
 * it must be asked for first: `shareOf`.
 */

/** Counts below this are not shown. */
export const LEAST_SHOWN = 3;
/** A count of 0, 1 or 2: ＜3. Zero too, for among many zeros the ones and twos are hidden best. */
export const FEW = Number.NEGATIVE_INFINITY;
/** A count of three or more that is left out because a smaller one could be computed from it. */
export const LEFT_OUT = Number.NaN;

/** Whether a count, or what was computed from counts, may be shown. */
export const isShown = (count: number): boolean => Number.isFinite(count);

/** Numerator by denominator; LEFT_OUT where either is withheld, null where there is no denominator. */
export function shareOf(numerator: number, denominator: number): number | null {
  if (!isShown(numerator) || !isShown(denominator)) return LEFT_OUT;
  return denominator === 0 ? null : numerator / denominator;
}

/** A total and its parts, by their numbers among the cells. The parts may add up to less than the total, never to more. */
export interface Line {
  readonly total: number;
  readonly parts: readonly number[];
}

/**
 * The cells as they may be shown: the count, FEW or LEFT_OUT. `lines` say which cells add up to which; a cell may stand
 * in several lines, as in a table with two margins, or in a tree.
 *
 * What holds for every line by itself, for a reader who knows the shown cells of the line, how much of the total is in no
 * part, and that FEW is 0, 1 or 2 and LEFT_OUT three or more: a part that is not shown can still have at least two
 * values, unless it is zero, which tells of nobody; and a total that is not shown has a part that is not shown. Of the
 * shown parts the smallest is left out first. Deterministic.
 *
 * @param leftOut cells that are left out for another table's sake.
 * @throws Error where a cell is no whole number, or is negative.
 */
export function suppress(
  cells: ArrayLike<number>,
  lines: readonly Line[],
  leftOut: readonly number[] = [],
): Float64Array {
  const shown = Float64Array.from(cells, (count, cell) => {
    if (!Number.isInteger(count) || count < 0) throw new Error(`cell ${cell}: ${count} is no count`);
    return count < LEAST_SHOWN ? FEW : count;
  });
  for (const cell of leftOut) if (isShown(shown[cell]!)) shown[cell] = LEFT_OUT;
  const linesOf = new Map<number, number[]>();
  lines.forEach(({ total, parts }, i) => {
    for (const cell of [total, ...parts]) {
      const known = linesOf.get(cell);
      if (known) known.push(i);
      else linesOf.set(cell, [i]);
    }
  });
  // Every cell that is left out may open another line: until none is open.
  const queue = lines.map((_, i) => i);
  const queued = new Uint8Array(lines.length).fill(1);
  for (let next = 0; next < queue.length; next++) {
    const i = queue[next]!;
    queued[i] = 0;
    for (let cell = leak(cells, shown, lines[i]!); cell !== null; cell = leak(cells, shown, lines[i]!)) {
      shown[cell] = LEFT_OUT;
      for (const line of linesOf.get(cell)!) {
        if (queued[line] === 1) continue;
        queued[line] = 1;
        queue.push(line);
      }
    }
  }
  return shown;
}

/** The cell that must be left out of the line next; null where the line gives nothing away. */
function leak(cells: ArrayLike<number>, shown: Float64Array, { total, parts }: Line): number | null {
  let few = 0;
  let leftOut = 0;
  let sum = 0;
  let smallest: number | null = null;
  for (const part of parts) {
    if (isShown(shown[part]!)) {
      if (smallest === null || cells[part]! < cells[smallest]!) smallest = part;
      continue;
    }
    if (shown[part] === FEW) few++;
    else leftOut++;
    sum += cells[part]!;
  }
  // A total that is left out is the sum of its parts: one of them must be missing. One of ＜3 has only such parts.
  if (!isShown(shown[total]!)) return few + leftOut === 0 ? smallest : null;
  if (few + leftOut === 0) return null;
  const hidden =
    leftOut === 0
      ? sum === 0 || (few > 1 && sum < 2 * few)
      : // One alone is what remains; and all at their least are what they are.
        few + leftOut > 1 && sum > LEAST_SHOWN * leftOut;
  return hidden ? null : (smallest ?? total);
}

/**
 * Parts of one total as they may be shown, and the total: see `suppress`. `shownTotal`: the total as another table shows
 * it, where it is withheld there.
 */
export function suppressParts(
  parts: ArrayLike<number>,
  total: number,
  shownTotal: number = total,
): { readonly parts: readonly number[]; readonly total: number } {
  const count = parts.length;
  const line = { total: count, parts: Array.from(parts, (_, i) => i) };
  const shown = suppress([...Array.from(parts), total], [line], isShown(shownTotal) ? [] : [count]);
  return { parts: Array.from(shown.subarray(0, count)), total: shown[count]! };
}
