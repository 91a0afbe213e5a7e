/** The classes of a density legend: at most six, with rounded breaks, chosen once from the data of a query. */

const CLASSES = 6;
/** Descending: classes are chosen from the greatest down. */
const MANTISSAS = [5, 2, 1];

/**
 * Lower breaks in 件/km², ascending, of the 1–2–5 series: the greatest ones that the data reach. Class k holds values from
 * `breaks[k]` to below `breaks[k + 1]`, the last one all above; what lies below the first is not coloured. The series
 * suits counts, whose peaks stand far above the middle: six classes span about two orders of magnitude.
 *
 * Choose from the whole query and keep the breaks while the map is zoomed or time is played, so that the colour of a
 * value stays the same. Empty where nothing is above zero.
 */
export function densityClasses(values: Float32Array): readonly number[] {
  let greatest = 0;
  for (const value of values) if (value > greatest) greatest = value;
  if (!(greatest > 0) || !Number.isFinite(greatest)) return [];
  const breaks: number[] = [];
  let exponent = Math.floor(Math.log10(greatest));
  while (breaks.length < CLASSES) {
    for (const mantissa of MANTISSAS) {
      // From text, so that a break is the very number that the legend prints.
      const at = Number(`${mantissa}e${exponent}`);
      if (at <= greatest && breaks.length < CLASSES) breaks.push(at);
    }
    exponent--;
  }
  return breaks.reverse();
}

/** The class of a value; −1 below the first break. */
export function densityClassOf(value: number, breaks: readonly number[]): number {
  let k = breaks.length - 1;
  while (k >= 0 && value < breaks[k]!) k--;
  return k;
}

/**
 * The breaks that may be coloured where small counts are withheld: those that fewer than `count` reports cannot reach.
 * `bandwidthMetres`: of the density. One report reaches at most the peak of its own kernel, which is a little lower than
 * that of the Gaussian taken here.
 */
export function breaksOfAtLeast(count: number, breaks: readonly number[], bandwidthMetres: number): readonly number[] {
  const peak = 1 / (2 * Math.PI * (bandwidthMetres / 1000) ** 2);
  return breaks.filter((at) => at >= count * peak);
}
