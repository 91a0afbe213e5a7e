import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toDegrees } from '../mesh/lattice.ts';
import { DICTIONARY } from './arbitrary.ts';
import { buildColumns, type IncidentRecord } from './build.ts';
import { type Bbox, type Density, type DensityFrame, density, densityFrame } from './density.ts';
import { breaksOfAtLeast, densityClasses, densityClassOf } from './density-classes.ts';

const BBOX: Bbox = [102.7, 37.1, 103.9, 37.95];

const at = (points: readonly (readonly [number, number])[], kind: IncidentRecord['kind'] = 'event') =>
  buildColumns(
    points.map(
      (point, i): IncidentRecord => ({
        id: i + 1,
        kind,
        category: 'other',
        urgency: 'normal',
        state: 'reported',
        occurred_at: new Date(1_700_000_000_000),
        point,
        grid_id: 10,
        village_code: 'v1',
        township_code: 't1',
      }),
    ),
    DICTIONARY,
  );

const mass = ({ values }: Density, frame: DensityFrame): number =>
  values.reduce((sum, value, i) => sum + value * frame.cell_km2[Math.floor(i / frame.width)]!, 0);

/** The cell at a place, found as a map does: linear in longitude and in the Mercator ordinate. */
function cellAt({ width, height, bounds: [w, s, e, n] }: Density, lon: number, lat: number): number {
  const y = (phi: number) => Math.asinh(Math.tan((phi * Math.PI) / 180));
  const column = Math.floor(((lon - w) / (e - w)) * width);
  const row = Math.floor(((y(n) - y(lat)) / (y(n) - y(s))) * height);
  return row * width + column;
}

const inBbox = fc.tuple(
  fc.integer({ min: BBOX[0] * 1e7, max: BBOX[2] * 1e7 }).map(toDegrees),
  fc.integer({ min: BBOX[1] * 1e7, max: BBOX[3] * 1e7 }).map(toDegrees),
);

describe('density', () => {
  test('has as much mass as there are incidents in the bbox, up to its very edge', () => {
    const size = fc.record({
      cell: fc.integer({ min: 500, max: 3000 }),
      ratio: fc.double({ min: 0.5, max: 5, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(inBbox, { maxLength: 60 }), size, (points, { cell, ratio }) => {
        const frame = densityFrame(BBOX, cell, cell * ratio);
        const heat = density(at([...points, [BBOX[0], BBOX[1]], [BBOX[2], BBOX[3]]]), frame);
        expect(heat.count).toBe(points.length + 2);
        expect(Math.abs(mass(heat, frame) - heat.count)).toBeLessThan(1e-4 * heat.count);
      }),
      { numRuns: 60 },
    );
  });

  test('meets its bandwidth in metres on the ground, in both directions, and lies where the incident does', () => {
    const [lon, lat] = [103.2, 37.525];
    for (const bandwidth of [700, 1000, 1370]) {
      const frame = densityFrame(BBOX, 250, bandwidth);
      const heat = density(at([[lon, lat]]), frame);
      const middle = cellAt(heat, lon, lat);
      const [mx, my] = [middle % frame.width, Math.floor(middle / frame.width)];
      let [east, north] = [0, 0];
      heat.values.forEach((value, i) => {
        const y = Math.floor(i / frame.width);
        const weight = value * frame.cell_km2[y]!;
        east += weight * ((i % frame.width) - mx) ** 2;
        north += weight * (y - my) ** 2;
      });
      expect(Math.sqrt(east) * frame.cell_m).toBeCloseTo(bandwidth, 0);
      expect(Math.sqrt(north) * frame.cell_m).toBeCloseTo(bandwidth, 0);
      // The peak of a Gaussian, 件/km²; that of three wide boxes is (3/4 · √(π/2))² = 0.88 of it.
      const peak = 1e6 / (2 * Math.PI * bandwidth ** 2);
      expect(heat.values[middle]! / peak).toBeGreaterThan(0.86);
      expect(heat.values[middle]! / peak).toBeLessThan(0.93);
    }
  });

  test('gives a place the same value in a frame around part of the county', () => {
    const points = Array.from(
      { length: 400 },
      (_, i) => [103.2 + 0.02 * Math.sin(i), 37.5 + 0.02 * Math.cos(7 * i)] as const,
    );
    const whole = density(at(points), densityFrame(BBOX, 250, 1200));
    const part = density(at(points), densityFrame([103.19, 37.49, 103.23, 37.52], 250, 1200));
    const [a, b] = [whole.values[cellAt(whole, 103.2, 37.5)]!, part.values[cellAt(part, 103.2, 37.5)]!];
    // The frames' cells do not coincide; a cell is a fifth of the bandwidth.
    expect(Math.abs(a - b) / a).toBeLessThan(0.05);
  });

  test('corrects for the ground area of its rows: evenly strewn incidents are evenly dense in the north and the south', () => {
    const frame = densityFrame([103, 30, 103.2, 45], 1000, 1000);
    const southern = frame.cell_km2.at(-1)!;
    const northern = frame.cell_km2[0]!;
    expect(northern / southern).toBeCloseTo((Math.cos((45 * Math.PI) / 180) / Math.cos((30 * Math.PI) / 180)) ** 2, 1);
    const middle = frame.cell_km2[Math.round(frame.height / 2)]!;
    expect(middle).toBeGreaterThan(0.97);
    expect(middle).toBeLessThan(1.03);
  });

  test('counts neither collections, nor what has no point, nor what the filter leaves out, nor what lies outside', () => {
    const frame = densityFrame(BBOX, 1000, 1000);
    expect(density(at([[103.2, 37.5]], 'collection'), frame).values.some((v) => v !== 0)).toBe(false);
    const unlocated = at([[103.2, 37.5]]);
    unlocated.lon.fill(0x7fffffff);
    expect(density(unlocated, frame).count).toBe(0);
    const two = at([
      [103.2, 37.5],
      [103.6, 37.5],
    ]);
    const first = density(two, frame, (row) => row === 0);
    expect(first.count).toBe(1);
    expect(first.values[cellAt(first, 103.6, 37.5)]).toBe(0);
    expect(
      density(
        at([
          [110, 37.5],
          [103.2, 50],
          [103.2, 10],
        ]),
        frame,
      ).count,
    ).toBe(0);
  });

  test('is nothing at all where nothing is near', () => {
    const frame = densityFrame(BBOX, 250, 800);
    const heat = density(at([[103.2, 37.5]]), frame);
    expect(heat.values[cellAt(heat, 103.7, 37.8)]).toBe(0);
    expect(heat.values.every((v) => v >= 0)).toBe(true);
  });

  test('refuses a frame that cannot be', () => {
    expect(() => densityFrame([103, 37, 103, 38], 250, 800)).toThrow('bbox');
    expect(() => densityFrame(BBOX, 0, 800)).toThrow('cellMetres');
    expect(() => densityFrame(BBOX, 250, 100)).toThrow('bandwidthMetres');
    expect(() => densityFrame(BBOX, 5, 800)).toThrow('cells');
  });
});

describe('the classes of a legend', () => {
  test('are at most six rounded breaks that the data reach', () => {
    expect(densityClasses(Float32Array.of(0, 3, 37.5))).toEqual([0.5, 1, 2, 5, 10, 20]);
    expect(densityClasses(Float32Array.of(0.031))).toEqual([0.0005, 0.001, 0.002, 0.005, 0.01, 0.02]);
    expect(densityClasses(Float32Array.of(0, 0))).toEqual([]);
  });

  test('of at least three reports are not reached by two, on one spot or apart', () => {
    const size = fc.record({
      cell: fc.integer({ min: 200, max: 3000 }),
      ratio: fc.double({ min: 0.5, max: 8, noNaN: true }),
    });
    fc.assert(
      fc.property(inBbox, fc.option(inBbox), size, (one, other, { cell, ratio }) => {
        const heat = density(at([one, other ?? one]), densityFrame(BBOX, cell, cell * ratio));
        const greatest = heat.values.reduce((most, value) => Math.max(most, value), 0);
        // The finest breaks that there could be around the limit.
        const breaks = Array.from({ length: 400 }, (_, i) => (greatest * (i + 1)) / 200);
        for (const least of breaksOfAtLeast(3, breaks, cell * ratio)) expect(greatest).toBeLessThan(least);
      }),
      { numRuns: 60 },
    );
    expect(breaksOfAtLeast(3, [0.1, 0.2, 0.5, 1], 1500)).toEqual([0.5, 1]);
  });

  test('put every value above the first break into the class whose breaks enclose it', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (most, part) => {
          const breaks = densityClasses(Float32Array.of(most));
          const value = most * part;
          const k = densityClassOf(value, breaks);
          if (k >= 0) expect(value).toBeGreaterThanOrEqual(breaks[k]!);
          if (k + 1 < breaks.length) expect(value).toBeLessThan(breaks[k + 1]!);
          expect(densityClassOf(Math.fround(most), breaks)).toBe(5);
        },
      ),
    );
  });
});
