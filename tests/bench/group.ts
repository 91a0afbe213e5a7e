/** What is measured together, and how two sides become a ratio. */
import type { Bench } from './bench.ts';

/** One side of a comparison. */
export interface Side {
  /** E.g. `pgbench ST_AsMVT`. */
  readonly name: string;
  /** Measures for a short while. @returns milliseconds an item; 1000 / rate where many are under way at once */
  measure(): Promise<number>;
}

/** A ratio between two sides of a group. */
export interface Ratio {
  readonly name: string;
  readonly ours: Side;
  readonly theirs: Side;
  /**
   * `atLeast`: we are so many times faster than they are; `atMost`: we take so many times as long as they do. Null: printed
   * alone, decides nothing.
   */
  readonly target: { readonly atLeast: number } | { readonly atMost: number } | null;
}

/** A figure that is printed; its milliseconds decide nothing, its counts do. */
export interface Figure {
  readonly name: string;
  readonly value: string;
  readonly target: string;
  /** Why what was measured is not what was to be measured; null where it is. */
  readonly failed: string | null;
  readonly detail: string;
}

/** Sides that are measured turn by turn. */
export interface Group {
  readonly ratios: readonly Ratio[];
  /** Measurements of each side; the median counts. */
  readonly rounds: number;
  /**
   * Why the sides' answers are not the same; null where they are. Asked before anything is measured: what is not the same
   * answer has no ratio.
   */
  compare(): Promise<string | null>;
  /** What has no other side to compare with. */
  figures?(): Promise<Figure[]>;
  /** What a reader must know to judge the ratios: what is the same and what is not. */
  readonly notes: readonly string[];
  close?(): Promise<void>;
}

/** Prepares a group. */
export type OpenGroup = (bench: Bench) => Promise<Group>;

export interface Outcome {
  readonly name: string;
  /** As the target reads: times faster, or times as long. */
  readonly ratio: number | null;
  readonly least: number;
  readonly greatest: number;
  readonly target: Ratio['target'];
  readonly ours: { readonly name: string; readonly ms: number };
  readonly theirs: { readonly name: string; readonly ms: number };
  readonly met: boolean;
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/** Measures all sides in turn, each round in the other direction, so that what slows the machine down slows both. */
export async function measured(group: Group, told: (text: string) => void): Promise<Outcome[]> {
  const sides = [...new Set(group.ratios.flatMap(({ theirs, ours }) => [theirs, ours]))];
  const times = new Map<Side, number[]>(sides.map((side) => [side, []]));
  for (let round = 0; round < group.rounds; round++) {
    for (const side of round % 2 === 0 ? sides : [...sides].reverse()) {
      const ms = await side.measure();
      times.get(side)!.push(ms);
      told(`  ${round + 1}/${group.rounds}  ${side.name}: ${milliseconds(ms)}`);
    }
  }
  return group.ratios.map(({ name, ours, theirs, target }) => {
    const atMost = target !== null && 'atMost' in target;
    // Of each round by itself: the two were measured within seconds of each other.
    const ratios = times.get(ours)!.map((ms, round) => {
      const other = times.get(theirs)![round]!;
      return atMost ? ms / other : other / ms;
    });
    const ratio = median(ratios);
    return {
      name,
      ratio,
      least: Math.min(...ratios),
      greatest: Math.max(...ratios),
      target,
      ours: { name: ours.name, ms: median(times.get(ours)!) },
      theirs: { name: theirs.name, ms: median(times.get(theirs)!) },
      met: target === null || (atMost ? ratio <= target.atMost : ratio >= (target as { atLeast: number }).atLeast),
    };
  });
}

export const milliseconds = (ms: number): string =>
  ms >= 100 ? `${Math.round(ms)} ms` : ms >= 1 ? `${ms.toFixed(1)} ms` : `${ms.toFixed(3)} ms`;
