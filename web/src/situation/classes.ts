import { FEW, isShown, LEAST_SHOWN } from '@wangge/geodata/incidents/suppress';

/**
 * Classes of a choropleth: zero by itself, then at most five classes of positive values. Breaks are coarse round
 * numbers taken from the county's grids, never from the selected area, so that the colour of a grid stays while one
 * drills down, and a few more reports rarely move a break.
 */

export interface ValueClass {
  /** Both ends included; `to` is Infinity in the last class, both are FEW where small counts are withheld. */
  readonly from: number;
  readonly to: number;
}

const MOST_CLASSES = 6;
/** Leading digits of a break; coarse, so that breaks are stable and can be read aloud. */
const NICE = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];

/** Rates are whole from 10 on and have one decimal below: the step down from a value. */
export const RATE_STEP = (value: number): number => (value > 10 ? 1 : 0.1);

/** The nearest nice number on a logarithmic scale, at least one `step`. */
export function nice(value: number, step: number): number {
  if (value <= step) return step;
  const decade = 10 ** Math.floor(Math.log10(value));
  let best = decade;
  for (const n of NICE) {
    if (Math.abs(Math.log(value / (n * decade))) < Math.abs(Math.log(value / best))) best = n * decade;
  }
  return Math.max(step, round(best, step));
}

/**
 * Classes of `values`, ascending, the first of them exactly zero. `step` is the resolution of the
 * values, as a number or by magnitude, see `RATE_STEP`; two classes never share a value. Nulls (no data) and values that
 * are left out belong to no class. Where small counts are withheld, the first class is that of FEW and there is no zero.
 * Empty where there is no value at all.
 */
export function classesOf(values: Iterable<number | null>, step: number | ((value: number) => number)): ValueClass[] {
  const stepAt = typeof step === 'number' ? () => step : step;
  const positive: number[] = [];
  let zero = false;
  let few = false;
  for (const value of values) {
    if (value === FEW) few = true;
    if (value === null || !isShown(value)) continue;
    if (value > 0) positive.push(value);
    else zero = true;
  }
  positive.sort((a, b) => a - b);
  // Zero has its swatch also where no grid is at zero: a class that comes and goes would shift all colours.
  const classes: ValueClass[] = few
    ? [{ from: FEW, to: FEW }]
    : zero || positive.length > 0
      ? [{ from: 0, to: 0 }]
      : [];
  if (positive.length === 0) return classes;
  const count = MOST_CLASSES - 1;
  const starts = [few ? LEAST_SHOWN : stepAt(0)];
  for (let k = 1; k < count; k++) {
    const value = positive[Math.floor((k * positive.length) / count)]!;
    const start = nice(value, stepAt(value));
    // Two quantiles may round to one break, and none may lie above all values.
    if (start > starts.at(-1)! && start <= positive.at(-1)!) starts.push(start);
  }
  starts.forEach((from, i) => {
    const next = starts[i + 1];
    classes.push({
      from,
      to: next === undefined ? Number.POSITIVE_INFINITY : round(next - stepAt(next), stepAt(next)),
    });
  });
  return classes;
}

/** Index of the class that holds `value`; null for no data. */
export function classOf(value: number | null, classes: readonly ValueClass[]): number | null {
  if (value === null) return null;
  const index = classes.findIndex((c) => value >= c.from && value <= c.to);
  return index === -1 ? null : index;
}

/** `0`, `5–11`, `≥ 96`. */
export function classLabel({ from, to }: ValueClass, format: (value: number) => string): string {
  if (from === to) return format(from);
  return to === Number.POSITIVE_INFINITY ? `≥ ${format(from)}` : `${format(from)}–${format(to)}`;
}

const round = (value: number, step: number) => Number((Math.round(value / step) * step).toFixed(6));
