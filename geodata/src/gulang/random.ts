/** Seeded chance: the same seed gives the same county, on every machine. */
import { unsafeUniformIntDistribution } from 'pure-rand/distribution/UnsafeUniformIntDistribution';
import { xoroshiro128plus } from 'pure-rand/generator/XoroShiro';
import { createNoise2D } from 'simplex-noise';

/** Uniform in [0, 1), with 31 bits. */
export type Random = () => number;

/** A stream of its own for each purpose, so that a change in one does not shift the others. */
export function random(seed: number, purpose: string): Random {
  let mixed = seed | 0;
  for (const char of purpose) mixed = Math.imul(mixed ^ char.codePointAt(0)!, 0x01000193);
  const generator = xoroshiro128plus(mixed);
  return () => unsafeUniformIntDistribution(0, 0x7fffffff, generator) / 0x80000000;
}

/** Fractal noise in [0, 1] over a plane in metres: three octaves from `wavelength` down. */
export type Noise = (x: number, y: number, wavelength: number) => number;

export function fractalNoise(seed: number, purpose: string): Noise {
  const noise = createNoise2D(random(seed, purpose));
  return (x, y, wavelength) => {
    let sum = 0;
    for (let octave = 0; octave < 3; octave++) {
      const k = 2 ** octave / wavelength;
      sum += noise(x * k + 31 * octave, y * k - 17 * octave) / 2 ** octave;
    }
    return 0.5 + sum / 3.5;
  };
}
