import { describe, expect, it } from 'vitest';
import { meshFromFeatures } from '../mesh/geojson.ts';
import type { Mesh } from '../mesh/mesh.ts';
import { check } from './check.ts';

/** Rings of small integers, each unit 1,000 lattice nodes (about 10 m). */
const mesh = (cells: Record<number, number[][]>): Mesh =>
  meshFromFeatures(
    Object.entries(cells).map(([id, ring]) => ({
      id: Number(id),
      geometry: {
        type: 'Polygon',
        coordinates: [[...ring, ring[0]!].map(([x, y]) => [103 + x! / 1e4, 37 + y! / 1e4])],
      },
    })),
  );

const west = [
  [0, 0],
  [2, 0],
  [2, 2],
  [0, 2],
];
const east = [
  [2, 0],
  [4, 0],
  [4, 2],
  [2, 2],
];
const rules = (m: Mesh, outline?: Parameters<typeof check>[1]) => [...new Set(check(m, outline).map((i) => i.rule))];

describe('check', () => {
  it('finds nothing in a tiling', () => {
    expect(check(mesh({ 1: west, 2: east }))).toEqual([]);
  });

  it('finds a node moved in one of two neighbours', () => {
    const found = check(
      mesh({
        1: [
          [0, 0],
          [2, 0],
          [2.1, 1],
          [2, 2],
          [0, 2],
        ],
        2: east,
      }),
    );
    expect(found.map((i) => i.rule)).toContain('overlap');
    expect(found.every((i) => i.severity === 'error' && i.at !== null)).toBe(true);
  });

  it('finds a hairline T-junction, where no area is wrong', () => {
    const m = mesh({
      1: [
        [0, 0],
        [2, 0],
        [2, 1],
        [2, 2],
        [0, 2],
      ],
      2: east,
    });
    expect(rules(m)).toContain('crossing');
  });

  it('finds a cell twice', () => {
    const found = check(mesh({ 1: west, 2: east, 3: west }));
    expect(found.filter((i) => i.rule === 'overlap').map((i) => i.cells)).toContainEqual([1, 3]);
  });

  it('finds cells that cross without sharing a node', () => {
    expect(
      rules(
        mesh({
          1: west,
          2: [
            [1, 1],
            [3, 1],
            [3, 3],
            [1, 3],
          ],
        }),
      ),
    ).toContain('crossing');
  });

  it('finds land that nobody has, inside and at the rim', () => {
    const ring = [
      [0, 0],
      [3, 0],
      [3, 3],
      [0, 3],
    ];
    const parts = {
      1: [
        [0, 0],
        [3, 0],
        [2, 1],
        [1, 1],
      ],
      2: [
        [3, 0],
        [3, 3],
        [2, 2],
        [2, 1],
      ],
      3: [
        [3, 3],
        [0, 3],
        [1, 2],
        [2, 2],
      ],
      4: [
        [0, 3],
        [0, 0],
        [1, 1],
        [1, 2],
      ],
    };
    const inner = check(mesh(parts));
    expect(inner.map((i) => [i.rule, i.cells])).toEqual([['gap', [1, 2, 3, 4]]]);
    const outline = [...mesh({ 9: ring }).cells.values()][0]!.polygons.map((p) => p[0]!);
    const { 4: _, ...rest } = parts;
    const filled = {
      ...rest,
      5: [
        [1, 1],
        [2, 1],
        [2, 2],
        [1, 2],
      ],
    };
    expect(rules(mesh(filled))).toEqual([]);
    expect(rules(mesh(filled), { outline })).toEqual(['gap']);
  });

  it('finds a bow-tie and a pinch', () => {
    expect(
      rules(
        mesh({
          1: [
            [0, 0],
            [2, 2],
            [2, 0],
            [0, 1],
          ],
        }),
      ),
    ).toContain('crossing');
    expect(
      rules(
        mesh({
          1: [
            [0, 0],
            [2, 0],
            [1, 1],
            [2, 2],
            [0, 2],
            [1, 1],
          ],
        }),
      ),
    ).toContain('pinch');
  });

  it('finds rings without area and rings turned the wrong way', () => {
    const good = mesh({ 1: west });
    const ring = good.cells.get(1)!.polygons[0]![0]!;
    const turned: Mesh = { cells: new Map([[1, { id: 1, polygons: [[Int32Array.from([0, 0, 0, 9, 9, 9, 9, 0])]] }]]) };
    const flat: Mesh = { cells: new Map([[1, { id: 1, polygons: [[ring.slice(0, 4)]] }]]) };
    const repeated: Mesh = {
      cells: new Map([[1, { id: 1, polygons: [[Int32Array.from([0, 0, 9, 0, 9, 0, 9, 9])]] }]]),
    };
    for (const m of [turned, flat, repeated]) expect(rules(m)).toContain('ring');
  });

  it('names a defect the same in every run', () => {
    const broken = () =>
      mesh({
        1: [
          [0, 0],
          [2, 0],
          [2.1, 1],
          [2, 2],
          [0, 2],
        ],
        2: east,
      });
    expect(check(broken())).toEqual(check(broken()));
  });
});
