import { describe, expect, it } from 'vitest';
import { COVERAGE, heatRamp, rgb, sequential, THEME } from './palette.ts';

/** Relative luminance and contrast after WCAG 2.1. */
const luminance = (colour: string): number => {
  const [r, g, b] = rgb(colour).map((v) => {
    const c = v / 255;
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
};
const contrast = (a: string, b: string): number => {
  const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);
  return (x! + 0.05) / (y! + 0.05);
};
const schemes = ['light', 'dark'] as const;
const measures = ['count', 'rate', 'staff'] as const;

describe.each(schemes)('%s', (scheme) => {
  const direction = scheme === 'light' ? -1 : 1;

  it.each(measures)('%s: more stands out more from the paper, and neighbours can be told apart', (measure) => {
    for (let n = 2; n <= 6; n++) {
      const colours = sequential(measure, n, scheme);
      expect(new Set(colours).size).toBe(n);
      for (let i = 1; i < n; i++) {
        const step = luminance(colours[i]!) - luminance(colours[i - 1]!);
        expect(Math.sign(step)).toBe(direction);
        expect(contrast(colours[i]!, colours[i - 1]!)).toBeGreaterThan(1.15);
      }
    }
  });

  it('heat rises in the same direction', () => {
    const colours = heatRamp(6, scheme);
    for (let i = 1; i < 6; i++) expect(Math.sign(luminance(colours[i]!) - luminance(colours[i - 1]!))).toBe(direction);
  });

  it('letters read on their halo, lines on the land, patterns on their fills', () => {
    const t = THEME[scheme];
    expect(contrast(t.label, t.paper)).toBeGreaterThan(7);
    expect(contrast(t.labelQuiet, t.paper)).toBeGreaterThan(4.5);
    expect(contrast(t.townshipLine, t.land)).toBeGreaterThan(4.5);
    expect(contrast(t.marker.officeText, t.marker.office)).toBeGreaterThan(4.5);
    for (const k of ['shared', 'vacant'] as const) {
      expect(contrast(COVERAGE[scheme][k].ink, COVERAGE[scheme][k].fill)).toBeGreaterThan(3);
      expect(contrast(COVERAGE[scheme][k].outline!, COVERAGE[scheme].own.fill)).toBeGreaterThan(3);
    }
    expect(new Set(Object.values(COVERAGE[scheme]).map((look) => look.pattern)).size).toBe(4);
  });
});

it('refuses more classes than the eye can hold', () => {
  expect(() => sequential('count', 7, 'light')).toThrow(/1 to 6/);
  expect(() => heatRamp(0, 'light')).toThrow(/1 to 6/);
});
