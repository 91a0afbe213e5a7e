import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FEW, isShown, LEAST_SHOWN, LEFT_OUT, type Line, shareOf, suppress, suppressParts } from './suppress.ts';

describe('parts of one total', () => {
  test.each([
    // [parts, total] → shown parts, shown total
    [[12, 30, 4], 46, [12, 30, 4], 46],
    // One small part alone is what remains of the total: the smallest other part goes with it.
    [[12, 30, 1], 43, [LEFT_OUT, 30, FEW], 43],
    [[1, 1, 40], 42, [FEW, FEW, 40], 42],
    // Two twos that make four are twos.
    [[2, 2, 40, 9], 53, [FEW, FEW, 40, LEFT_OUT], 53],
    // Zeros tell of nobody, and hide the ones beside them.
    [[0, 0, 40], 40, [FEW, FEW, 40], 40],
    [[0, 1, 40], 41, [FEW, FEW, 40], 41],
    // A total below three says no more than its parts.
    [[1, 1, 0], 2, [FEW, FEW, FEW], FEW],
    // Nothing else can be left out: the total is.
    [[2, 2], 4, [FEW, FEW], LEFT_OUT],
    [[5], 5, [5], 5],
    [[], 0, [], FEW],
    // What is in no part protects nothing: a reader may know it.
    [[1, 8], 20, [FEW, LEFT_OUT], 20],
  ])('%j of %i', (parts, total, shownParts, shownTotal) => {
    expect(suppressParts(parts, total)).toEqual({ parts: shownParts, total: shownTotal });
  });

  test('a total that is withheld elsewhere is not the sum of what is shown here', () => {
    expect(suppressParts([12, 30, 4], 46, LEFT_OUT)).toEqual({ parts: [12, 30, LEFT_OUT], total: LEFT_OUT });
    expect(suppressParts(Uint32Array.of(2, 30), 32, LEFT_OUT)).toEqual({ parts: [FEW, 30], total: LEFT_OUT });
  });

  test('what is computed from a withheld count is withheld', () => {
    for (const withheld of [FEW, LEFT_OUT]) {
      for (const value of [withheld + 7, 7 - withheld, withheld - withheld, (withheld / 120) * 1000, -withheld]) {
        expect(isShown(value)).toBe(false);
      }
      expect([shareOf(withheld, 9), shareOf(9, withheld), shareOf(withheld, withheld)]).toEqual(
        Array(3).fill(LEFT_OUT),
      );
    }
    expect([shareOf(3, 4), shareOf(3, 0), isShown(0)]).toEqual([0.75, null, true]);
  });

  test('refuse what is no count', () => {
    expect(() => suppressParts([1.5], 2)).toThrow('cell 0: 1.5');
    expect(() => suppressParts([3], -1)).toThrow('cell 1: -1');
    expect(() => suppressParts([Number.NaN], 1)).toThrow('no count');
  });
});

/** Small counts mostly, as in a grid; sometimes large ones, as in a county. */
const count = fc.oneof({ weight: 5, arbitrary: fc.nat({ max: 6 }) }, fc.nat({ max: 500 }));

interface Cells {
  readonly cells: readonly number[];
  readonly lines: readonly Line[];
}

/** A table with both margins and its sum. */
const table: fc.Arbitrary<Cells> = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
  .chain(([rows, columns]) =>
    fc.array(count, { minLength: rows * columns, maxLength: rows * columns }).map((inner) => {
      const cells = [...inner];
      const lines: Line[] = [];
      const add = (parts: number[]) => {
        lines.push({ total: cells.length, parts });
        cells.push(parts.reduce((sum, part) => sum + cells[part]!, 0));
        return cells.length - 1;
      };
      const right = Array.from({ length: rows }, (_, r) =>
        add(inner.flatMap((_, i) => (((i / columns) | 0) === r ? i : []))),
      );
      const below = Array.from({ length: columns }, (_, c) =>
        add(inner.flatMap((_, i) => (i % columns === c ? i : []))),
      );
      const all = add(right);
      lines.push({ total: all, parts: below });
      return { cells, lines };
    }),
  );

/** A tree of two levels, each total with some that lie in no part. */
const tree: fc.Arbitrary<Cells> = fc
  .array(fc.tuple(fc.array(count, { maxLength: 5 }), fc.nat({ max: 3 })), { minLength: 1, maxLength: 5 })
  .map((branches) => {
    const cells: number[] = [];
    const lines: Line[] = [];
    const add = (parts: number[], rest: number) => {
      lines.push({ total: cells.length, parts });
      cells.push(parts.reduce((sum, part) => sum + cells[part]!, rest));
      return cells.length - 1;
    };
    const totals = branches.map(([leaves, rest]) =>
      add(
        leaves.map((leaf) => cells.push(leaf) - 1),
        rest,
      ),
    );
    add(totals, 1);
    return { cells, lines };
  });

/** The values that a reader of one line cannot rule out for each part that is not shown, found by trying them all. */
function possible({ cells, lines }: Cells, shown: Float64Array, i: number): Set<number>[] {
  const { total, parts } = lines[i]!;
  const hidden = parts.filter((part) => !isShown(shown[part]!));
  const least = (part: number) => (shown[part] === FEW ? 0 : LEAST_SHOWN);
  const sum = hidden.reduce((all, part) => all + cells[part]!, 0);
  // Beyond what is there: a count that is left out has no upper end but the total, where that is shown.
  const most = (part: number) => (shown[part] === FEW ? LEAST_SHOWN - 1 : sum + 1);
  return hidden.map((part) => {
    const others = hidden.filter((other) => other !== part);
    const low = others.reduce((all, other) => all + least(other), 0);
    const high = others.reduce((all, other) => all + most(other), 0);
    const values = new Set<number>();
    for (let value = least(part); value <= most(part); value++) {
      if (!isShown(shown[total]!) || (sum - value >= low && sum - value <= high)) values.add(value);
    }
    return values;
  });
}

describe.each([
  ['a table with two margins', table],
  ['a tree', tree],
])('%s', (_, arbitrary) => {
  test('shows no count below three, and every other as it is or not at all', () => {
    fc.assert(
      fc.property(arbitrary, ({ cells, lines }) => {
        suppress(cells, lines).forEach((value, i) => {
          if (cells[i]! < LEAST_SHOWN) expect(value).toBe(FEW);
          else if (isShown(value)) expect(value).toBe(cells[i]);
          else expect(value).toBe(LEFT_OUT);
        });
      }),
      { numRuns: 500 },
    );
  });

  test('gives no withheld count away by subtraction in any of its lines', () => {
    fc.assert(
      fc.property(arbitrary, (all) => {
        const shown = suppress(all.cells, all.lines);
        all.lines.forEach(({ total, parts }, i) => {
          const hidden = parts.filter((part) => !isShown(shown[part]!));
          if (!isShown(shown[total]!) && parts.length > 0 && all.cells[total]! >= LEAST_SHOWN) {
            const known = parts.reduce((sum, part) => sum + all.cells[part]!, 0);
            // Where all of it lies in the parts, a part is missing too.
            if (known > 0) expect(hidden.length).toBeGreaterThan(0);
          }
          const values = possible(all, shown, i);
          hidden.forEach((part, k) => {
            expect(values[k]).toContain(all.cells[part]);
            if (all.cells[part]! > 0) expect(values[k]!.size).toBeGreaterThan(1);
          });
        });
      }),
      { numRuns: 1000 },
    );
  });

  test('leaves out nothing where no count is small', () => {
    fc.assert(
      fc.property(arbitrary, ({ cells, lines }) => {
        const large = cells.map((n) => n * 100 + 300);
        // Totals that are larger than their parts are of no concern here: nothing is withheld to begin with.
        expect([...suppress(large, lines)]).toEqual(large);
      }),
    );
  });
});
