import { expect, test } from 'vitest';
import type { GridFeatures, GridProperties } from '../map/contract.ts';
import { boundsOf, neighboursOf } from './neighbours.ts';

const square = (code: string, x: number, y: number) => ({
  type: 'Feature' as const,
  properties: { code } as GridProperties,
  geometry: {
    type: 'Polygon' as const,
    coordinates: [
      [
        [x, y],
        [x + 1, y],
        [x + 1, y + 1],
        [x, y + 1],
        [x, y],
      ],
    ],
  },
});
const grids: GridFeatures = {
  type: 'FeatureCollection',
  features: [square('a', 0, 0), square('b', 1, 0), square('c', 1, 1), square('d', 5, 5)],
};

test('neighbours share an edge; a shared corner is no border', () => {
  expect(neighboursOf(grids, 'a')).toEqual(['b']);
  expect(neighboursOf(grids, 'b')).toEqual(['a', 'c']);
  expect(neighboursOf(grids, 'd')).toEqual([]);
  expect(neighboursOf(grids, 'none')).toEqual([]);
});

test('a neighbour in several parts is one neighbour', () => {
  const { geometry } = grids.features[1]!;
  const split: GridFeatures = {
    ...grids,
    features: [
      grids.features[0]!,
      {
        ...grids.features[1]!,
        geometry: { type: 'MultiPolygon', coordinates: [square('', 7, 7).geometry.coordinates, geometry.coordinates] },
      } as GridFeatures['features'][number],
    ],
  };
  expect(neighboursOf(split, 'a')).toEqual(['b']);
});

test('the box holds every ring', () => {
  expect(boundsOf(grids.features[3]!)).toEqual([5, 5, 6, 6]);
});
