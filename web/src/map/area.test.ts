import type { Position } from 'geojson';
import { describe, expect, it } from 'vitest';
import { boundsOf, labelPoint, outerEdges, outside, selectedGeometries } from './area.ts';
import type { DivisionFeatures, GridFeatures, GridProperties } from './contract.ts';
import { drillDown, drillUp } from './drill.ts';

const box = (x: number, y: number, w = 1, h = 1): Position[] => [
  [x, y],
  [x + w, y],
  [x + w, y + h],
  [x, y + h],
  [x, y],
];
const grid = (code: string, township: string, village: string, ring: Position[]): GridFeatures['features'][number] => ({
  type: 'Feature',
  geometry: { type: 'Polygon', coordinates: [ring] },
  properties: {
    id: Number(code),
    code,
    name: code,
    class: 'rural',
    village_code: village,
    village_name: village,
    managing_township_code: township,
    area_km2: 1,
    coverage: 'own',
  },
});
const grids: GridFeatures = {
  type: 'FeatureCollection',
  features: [grid('1', 'T', 'V', box(0, 0)), grid('2', 'T', 'V', box(1, 0)), grid('3', 'U', 'W', box(0, 1, 1))],
};
const divisions: DivisionFeatures = {
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      geometry: { type: 'Polygon', coordinates: [box(0, 0, 2)] },
      properties: { code: 'T', name: 'T', level: 'township', parent_code: 'C' },
    },
    {
      type: 'Feature',
      geometry: { type: 'Polygon', coordinates: [box(0, 0, 2)] },
      properties: { code: 'V', name: 'V', level: 'village', parent_code: 'T' },
    },
  ],
};

describe('areas', () => {
  it('finds a selection, and the county by its grids where no county polygon is there', () => {
    expect(selectedGeometries(grids, divisions, { level: 'township', code: 'T' })).toHaveLength(1);
    expect(selectedGeometries(grids, divisions, { level: 'grid', code: '2' })).toEqual([grids.features[1]!.geometry]);
    expect(selectedGeometries(grids, divisions, { level: 'county', code: 'C' })).toHaveLength(3);
    expect(selectedGeometries(grids, divisions, { level: 'village', code: '?' })).toEqual([]);
    expect(boundsOf([])).toBeNull();
    expect(boundsOf(grids.features.map((f) => f.geometry))).toEqual([0, 0, 2, 2]);
  });

  it('keeps as outer edges exactly those that one grid alone has', () => {
    const lines = outerEdges(grids);
    const length = lines
      .flatMap((line) => line.slice(1).map((b, i) => Math.hypot(b[0]! - line[i]![0]!, b[1]! - line[i]![1]!)))
      .reduce((a, b) => a + b, 0);
    expect(length).toBe(8);
    expect(lines).toHaveLength(1);
    expect(lines[0]!.at(0)).toEqual(lines[0]!.at(-1));
  });

  it('masks everything but the area: its rings become holes, its holes become mask again', () => {
    const hole = [...box(0.4, 0.4, 0.2, 0.2)].reverse();
    const { coordinates } = outside([{ type: 'Polygon', coordinates: [box(0, 0), hole] }]).geometry;
    expect(coordinates).toHaveLength(2);
    expect(coordinates[0]![1]).toEqual(box(0, 0));
    expect(coordinates[1]).toEqual([hole]);
    expect(outside([]).geometry.coordinates).toEqual([]);
  });

  it('puts a label deep inside the largest part and never in a hole', () => {
    const [x, y] = labelPoint({
      type: 'MultiPolygon',
      coordinates: [[box(50, 50, 0.1, 0.1)], [box(0, 0), box(0.3, 0.3, 0.4, 0.4)]],
    });
    expect(x! > 0 && x! < 1 && y! > 0 && y! < 1).toBe(true);
    expect(x! > 0.3 && x! < 0.7 && y! > 0.3 && y! < 0.7).toBe(false);
  });
});

describe('drilling', () => {
  const clicked = grids.features[0]!.properties;
  const other = grids.features[2]!.properties;
  it('goes one level deeper inside the selected area', () => {
    expect(drillDown({ level: 'county', code: 'C' }, clicked)).toEqual({ level: 'township', code: 'T' });
    expect(drillDown({ level: 'township', code: 'T' }, clicked)).toEqual({ level: 'village', code: 'V' });
    expect(drillDown({ level: 'village', code: 'V' }, clicked)).toEqual({ level: 'grid', code: '1' });
  });
  it('outside it goes to the township that was clicked; from grid to grid directly', () => {
    expect(drillDown({ level: 'township', code: 'T' }, other)).toEqual({ level: 'township', code: 'U' });
    expect(drillDown({ level: 'village', code: 'V' }, other)).toEqual({ level: 'township', code: 'U' });
    expect(drillDown({ level: 'grid', code: '1' }, other)).toEqual({ level: 'grid', code: '3' });
  });
  it('and back up to the county', () => {
    const gridOf = (code: string): GridProperties | undefined =>
      grids.features.find((f) => f.properties.code === code)?.properties;
    expect(drillUp({ level: 'grid', code: '2' }, divisions, gridOf)).toEqual({ level: 'village', code: 'V' });
    expect(drillUp({ level: 'village', code: 'V' }, divisions, gridOf)).toEqual({ level: 'township', code: 'T' });
    expect(drillUp({ level: 'township', code: 'T' }, divisions, gridOf)).toEqual({ level: 'county', code: 'C' });
    expect(drillUp({ level: 'county', code: 'C' }, divisions, gridOf)).toBeNull();
  });
});
