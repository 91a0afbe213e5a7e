import { describe, expect, it } from 'vitest';
import type { DensityGrid } from './contract.ts';
import { colourise } from './heat.ts';
import { heatRamp, rgb } from './palette.ts';

const breaks = [1, 4, 16];
const ramp = heatRamp(3, 'light');
const flat = (value: number, width = 4, height = 4): DensityGrid => ({
  width,
  height,
  bounds: [0, 0, 1, 1],
  values: new Float32Array(width * height).fill(value),
});
const pixel = (density: DensityGrid, x: number, y: number, classes = breaks, colours = ramp) => {
  const picture = colourise(density, classes, colours, 'light');
  const i = (y * picture.width + x) * 4;
  return [...picture.data.subarray(i, i + 4)];
};

describe('colourise', () => {
  it('is transparent below the first break, in the first colour, so that no dark rim is sampled in', () => {
    expect(pixel(flat(0), 3, 3)).toEqual([...rgb(ramp[0]!), 0]);
    expect(pixel(flat(0.9), 3, 3)).toEqual([...rgb(ramp[0]!), 0]);
  });

  it.each([
    [2, 0],
    [8, 1],
    [100, 2],
  ])('paints %d 件/km² flat in the colour of its class', (value, k) => {
    const [r, g, b, a] = pixel(flat(value), 7, 7);
    const [er, eg, eb] = rgb(ramp[k]!);
    for (const [seen, wanted] of [
      [r, er],
      [g, eg],
      [b, eb],
    ])
      expect(Math.abs(seen! - wanted!)).toBeLessThanOrEqual(1);
    expect(a).toBeGreaterThan(200);
  });

  it('gives a density the same colour whatever the rest of the picture holds', () => {
    const alone = flat(8);
    const beside = flat(8, 12, 12);
    beside.values[0] = 5000;
    expect(pixel(beside, 47, 47)).toEqual(pixel(alone, 15, 15));
  });

  it('keeps the northern row on top', () => {
    const density = flat(0);
    density.values.fill(100, 0, 4);
    const { data, width, height } = colourise(density, breaks, ramp, 'light');
    expect(data[3]).toBeGreaterThan(200);
    expect(data[((height - 1) * width + 1) * 4 + 3]).toBe(0);
  });

  it('blends only near a break', () => {
    const at = (v: number) => pixel(flat(v), 7, 7);
    expect(at(3.5)).toEqual(at(1.5));
    expect(at(4)).not.toEqual(at(3.5));
    expect(at(4.6)).toEqual(at(12));
  });

  it('works with a single class', () => {
    expect(pixel(flat(3), 7, 7, [1], heatRamp(1, 'light'))[3]).toBeGreaterThan(200);
    expect(pixel(flat(0.5), 7, 7, [1], heatRamp(1, 'light'))[3]).toBe(0);
  });

  it('refuses breaks that do not fit the ramp or do not ascend', () => {
    expect(() => colourise(flat(1), [1, 2], ramp, 'light')).toThrow(/2 breaks, 3 colours/);
    expect(() => colourise(flat(1), [1, 1, 2], ramp, 'light')).toThrow(/ascend/);
    expect(() => colourise(flat(1), [0, 1, 2], ramp, 'light')).toThrow(/positive/);
  });
});
