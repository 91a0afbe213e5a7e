/** The heat picture: a density in 件/km² becomes pixels whose colour depends on the density alone, never on the zoom. */
import type { DensityGrid, Scheme } from './contract.ts';
import { rgb } from './palette.ts';

/** Pixels as `ImageData` wants them; kept apart from the DOM so that it can be tested anywhere. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** Width of the transition between two classes, as a share of the break: an edge, but not a staircase. */
const EDGE = 0.08;
const ALPHA: Record<Scheme, number> = { light: 0.86, dark: 0.88 };
/** Beyond this many pixels a finer picture costs more than it shows. */
const MAX_PIXELS = 3_000_000;

/**
 * Colours a density by fixed classes.
 *
 * @param breaks lower bounds of the classes in 件/km², ascending and positive; below the first the picture is transparent
 * @param ramp one `#rrggbb` a class
 * @returns rows from north to south, straight (not premultiplied) alpha. Transparent pixels carry the first class's colour,
 *   so that linear sampling at the rim brings in no foreign hue.
 * @throws RangeError when breaks and ramp do not fit each other
 */
export function colourise(
  density: DensityGrid,
  breaks: readonly number[],
  ramp: readonly string[],
  scheme: Scheme,
): Picture {
  if (breaks.length === 0 || breaks.length !== ramp.length) {
    throw new RangeError(`Heat needs one colour a class: ${breaks.length} breaks, ${ramp.length} colours.`);
  }
  for (let i = 0; i < breaks.length; i++) {
    if (!(breaks[i]! > (i === 0 ? 0 : breaks[i - 1]!)))
      throw new RangeError('Heat breaks must be positive and ascend.');
  }
  const scale = fineness(density.width * density.height);
  const width = density.width * scale;
  const height = density.height * scale;
  const data = new Uint8ClampedArray(width * height * 4);
  const table = lookup(breaks, ramp, ALPHA[scheme]);
  const [r0, g0, b0] = rgb(ramp[0]!);
  const start = Math.log(breaks[0]! * (1 - EDGE));
  const fine = refined(density, scale);
  for (let i = 0, o = 0; i < fine.length; i++, o += 4) {
    const v = fine[i]!;
    const step = v > 0 ? Math.floor((Math.log(v) - start) * table.perUnit) : -1;
    if (step < 0) {
      data[o] = r0;
      data[o + 1] = g0;
      data[o + 2] = b0;
      continue;
    }
    const t = Math.min(step, table.length - 1) * 4;
    data[o] = table.rgba[t]!;
    data[o + 1] = table.rgba[t + 1]!;
    data[o + 2] = table.rgba[t + 2]!;
    data[o + 3] = table.rgba[t + 3]!;
  }
  return { width, height, data };
}

/** Up to four picture pixels a cell side: classes are cut after interpolation, which keeps their edges round. */
function fineness(cells: number): number {
  for (const scale of [4, 3, 2]) if (cells * scale * scale <= MAX_PIXELS) return scale;
  return 1;
}

/**
 * The density on a grid `scale` times as fine, by Catmull–Rom cubics: it keeps the value of every cell's centre, and its
 * lines of equal density have no kink at each cell border, which bilinear interpolation gives them. Beyond the rim the
 * nearest cell.
 */
function refined({ width, height, values }: DensityGrid, scale: number): Float32Array {
  const wide = new Float32Array(width * scale * height);
  for (let y = 0; y < height; y++) {
    refineLine(values, y * width, 1, width, wide, y * width * scale, 1, scale);
  }
  const fine = new Float32Array(width * scale * height * scale);
  for (let x = 0; x < width * scale; x++) {
    refineLine(wide, x, width * scale, height, fine, x, width * scale, scale);
  }
  return fine;
}

function refineLine(
  from: Float32Array,
  start: number,
  step: number,
  count: number,
  to: Float32Array,
  toStart: number,
  toStep: number,
  scale: number,
): void {
  const at = (i: number) => from[start + Math.min(Math.max(i, 0), count - 1) * step]!;
  for (let phase = 0; phase < scale; phase++) {
    const shift = (phase + 0.5) / scale - 0.5;
    const base = Math.floor(shift);
    const t = shift - base;
    const w0 = (-t + 2 * t * t - t * t * t) / 2;
    const w1 = (2 - 5 * t * t + 3 * t * t * t) / 2;
    const w2 = (t + 4 * t * t - 3 * t * t * t) / 2;
    const w3 = (t * t * t - t * t) / 2;
    for (let i = 0; i < count; i++) {
      const k = i + base;
      const v = w0 * at(k - 1) + w1 * at(k) + w2 * at(k + 1) + w3 * at(k + 2);
      to[toStart + (i * scale + phase) * toStep] = v;
    }
  }
}

/** Colours over the logarithm of the density: a class is flat, an edge is a short blend around its break. */
function lookup(breaks: readonly number[], ramp: readonly string[], alpha: number) {
  const first = Math.log(breaks[0]! * (1 - EDGE));
  const last = Math.log(breaks[breaks.length - 1]! * (1 + EDGE));
  const length = 2048;
  const perUnit = (length - 1) / (last - first || 1);
  const rgba = new Uint8ClampedArray(length * 4);
  for (let i = 0; i < length; i++) {
    const v = Math.exp(first + i / perUnit);
    let colour = rgb(ramp[0]!);
    let a = 0;
    for (let k = 0; k < breaks.length; k++) {
      const low = breaks[k]! * (1 - EDGE);
      const t = Math.min(Math.max((v - low) / (breaks[k]! * 2 * EDGE), 0), 1);
      const mix = t * t * (3 - 2 * t);
      if (k === 0) a = mix;
      else {
        const next = rgb(ramp[k]!);
        colour = [
          colour[0] + (next[0] - colour[0]) * mix,
          colour[1] + (next[1] - colour[1]) * mix,
          colour[2] + (next[2] - colour[2]) * mix,
        ];
      }
    }
    rgba.set([colour[0], colour[1], colour[2], a * alpha * 255], i * 4);
  }
  return { rgba, length, perUnit };
}
