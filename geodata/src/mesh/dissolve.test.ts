import { describe, expect, it } from 'vitest';
import { geodesicArea } from '../crs/area.ts';
import { dissolve, outlineOf } from './dissolve.ts';
import { meshFromFeatures } from './geojson.ts';
import { doubleArea } from './ring.ts';

const square = (x: number, y: number, size = 1) => [
  [x, y],
  [x + size, y],
  [x + size, y + size],
  [x, y + size],
  [x, y],
];
const degrees = (ring: number[][]) => ring.map(([x, y]) => [103 + x! / 100, 37 + y! / 100]);
/** A 3 × 3 board, ids 1–9 from the south-west, west to east. */
const board = meshFromFeatures(
  Array.from({ length: 9 }, (_, i) => ({
    id: i + 1,
    geometry: { type: 'Polygon' as const, coordinates: [degrees(square(i % 3, Math.floor(i / 3)))] },
  })),
);
const area = (polygons: Parameters<typeof geodesicArea>[0]) => polygons.flat().reduce((s, r) => s + doubleArea(r), 0);

describe('dissolve', () => {
  it('keeps an enclave as a hole and as a polygon of its own', () => {
    const parts = dissolve(board, (id) => (id === 5 ? 'inner' : 'outer'));
    expect(parts.get('outer')!.map((p) => p.length)).toEqual([2]);
    expect(parts.get('inner')!.map((p) => p.length)).toEqual([1]);
    expect(area(parts.get('outer')!)).toBe(8 * area(parts.get('inner')!));
  });

  it('gives two polygons for parts that touch in a corner only, as PostGIS wants them', () => {
    const parts = dissolve(board, (id) => (id === 1 || id === 5 ? 'a' : null));
    expect(parts.get('a')!.map((p) => p.length)).toEqual([1, 1]);
  });

  it('cuts a hole that touches the outer ring in a node off it', () => {
    // All but 2 and 4: the two missing squares touch in the node between 1 and 5.
    const parts = dissolve(board, (id) => (id === 2 || id === 4 ? null : 'a'));
    for (const polygon of parts.get('a')!) {
      for (const ring of polygon) expect(new Set(pairs(ring)).size).toBe(ring.length / 2);
    }
    expect(area(parts.get('a')!)).toBe((7 * area(outlineOf(board))) / 9);
  });

  it('has the same land as its cells', () => {
    const whole = geodesicArea(outlineOf(board));
    const sum = [...board.cells.values()].reduce((s, c) => s + geodesicArea(c.polygons), 0);
    expect(Math.abs(whole - sum) / whole).toBeLessThan(1e-9);
  });
});

const pairs = (ring: Int32Array) =>
  Array.from({ length: ring.length / 2 }, (_, k) => `${ring[2 * k]},${ring[2 * k + 1]}`);
