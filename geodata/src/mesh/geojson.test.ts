import { describe, expect, it } from 'vitest';
import { gulangTiling } from '../gulang/tiling.ts';
import { cellGeometry, meshFromFeatures, polygonsFrom } from './geojson.ts';
import { cellEwkt, polygonsEwkt } from './wkt.ts';

const square = [
  [103, 37],
  [103, 37.1],
  [103.1, 37.1],
  [103.1, 37],
  [103, 37],
];
const hole = [
  [103.02, 37.02],
  [103.04, 37.02],
  [103.04, 37.04],
  [103.02, 37.04],
  [103.02, 37.02],
];

describe('GeoJSON', () => {
  it('comes back as the same county, node by node', () => {
    const { mesh } = gulangTiling(11);
    const text = JSON.stringify(
      [...mesh.cells.values()].map((cell) => ({ id: cell.id, geometry: cellGeometry(cell) })),
    );
    expect(text).not.toMatch(/\.\d{8}/);
    expect(meshFromFeatures(JSON.parse(text))).toEqual(mesh);
  });

  it('is closed and follows the right-hand rule, whichever way it was given', () => {
    const [polygon] = polygonsFrom({ type: 'Polygon', coordinates: [square, hole] });
    const geometry = cellGeometry({ id: 1, polygons: [polygon!] });
    expect(geometry).toEqual({
      type: 'Polygon',
      coordinates: [
        [
          [103, 37],
          [103.1, 37],
          [103.1, 37.1],
          [103, 37.1],
          [103, 37],
        ],
        [
          [103.02, 37.02],
          [103.02, 37.04],
          [103.04, 37.04],
          [103.04, 37.02],
          [103.02, 37.02],
        ],
      ],
    });
  });

  it('is a MultiPolygon where there are two parts', () => {
    const far = square.map(([x, y]) => [x! + 1, y!]);
    const polygons = polygonsFrom({ type: 'MultiPolygon', coordinates: [[square], [far]] });
    expect(cellGeometry({ id: 1, polygons }).type).toBe('MultiPolygon');
  });

  it('snaps to the lattice and drops edges that lose their length', () => {
    const [[ring]] = polygonsFrom({
      type: 'Polygon',
      coordinates: [
        [
          [103.00000004, 37],
          [103.1, 37],
          [103.10000002, 37.00000003],
          [103.1, 37.1],
          [103, 37.00000001],
          [103.00000004, 37],
        ],
      ],
    }) as [[Int32Array]];
    expect([...ring]).toEqual([1030000000, 370000000, 1031000000, 370000000, 1031000000, 371000000]);
  });

  it('refuses what is no land, naming the feature', () => {
    const feature = (coordinates: number[][][], id = 7) => [
      { id, geometry: { type: 'Polygon' as const, coordinates } },
    ];
    expect(() =>
      meshFromFeatures(
        feature([
          [
            [103, 37],
            [104, 37],
            [103, 37],
          ],
        ]),
      ),
    ).toThrow(/^Feature 7: .* 2 nodes/);
    expect(() =>
      meshFromFeatures(
        feature([
          [
            [4_150_000, 512_000],
            [0, 0],
            [1, 1],
          ],
        ]),
      ),
    ).toThrow(/^Feature 7: .*degrees/);
    expect(() => meshFromFeatures(feature([]))).toThrow(/empty/);
    expect(() => meshFromFeatures(feature([square], 0))).toThrow(/positive integer/);
    expect(() => meshFromFeatures([...feature([square]), ...feature([square])])).toThrow(/comes twice/);
    expect(() => meshFromFeatures([{ id: 7, geometry: { type: 'Point', coordinates: [103, 37] } }])).toThrow(
      /not Point/,
    );
  });
});

describe('EWKT', () => {
  it('writes 7 decimals, closed rings, holes and parts', () => {
    const ring = Int32Array.from([1030000001, -5, 1031000000, 0, 1031000000, 371234567]);
    expect(cellEwkt({ id: 1, polygons: [[ring]] })).toBe(
      'SRID=4326;MULTIPOLYGON(((103.0000001 -0.0000005,103.1000000 0.0000000,103.1000000 37.1234567,' +
        '103.0000001 -0.0000005)))',
    );
    expect(polygonsEwkt([[ring, ring], [ring]])).toMatch(
      /^SRID=4326;MULTIPOLYGON\(\(\([^()]*\),\([^()]*\)\),\(\([^()]*\)\)\)$/,
    );
    expect(polygonsEwkt([])).toBe('SRID=4326;MULTIPOLYGON EMPTY');
  });
});
