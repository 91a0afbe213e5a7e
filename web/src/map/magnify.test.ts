import { expect, test } from 'vitest';
import { magnified } from './magnify.ts';
import { layersOf } from './style.ts';

const find = (layers: ReturnType<typeof layersOf>, id: string) =>
  layers.find((layer) => layer.id === id) as unknown as Record<'minzoom' | 'paint' | 'layout', object>;

test('a map twice as large has twice the text and lines, one zoom further in', () => {
  const desk = layersOf('light');
  const wall = magnified(desk, 2);
  expect(wall.map(({ id }) => id)).toEqual(desk.map(({ id }) => id));
  expect(find(wall, 'village-label')).toMatchObject({
    minzoom: 10.7,
    layout: { 'text-size': ['interpolate', ['linear'], ['zoom'], 10.7, 23, 13, 26, 16, 30], 'text-max-width': 7 },
    paint: { 'text-halo-width': 4 },
  });
  expect(find(wall, 'grid-line').paint).toMatchObject({
    'line-width': ['interpolate', ['linear'], ['zoom'], 8, 0.7, 10, 1.2, 13, 2.4, 16, 3.6],
    'line-opacity': ['interpolate', ['linear'], ['zoom'], 8, 0.55, 10, 0.9],
  });
  expect(find(wall, 'grid-label').layout).toMatchObject({
    'text-field': ['step', ['zoom'], ['get', 'short'], 14.2, ['get', 'long']],
  });
  expect(find(wall, 'grid-fill').paint).toEqual(find(desk, 'grid-fill').paint);
});

test('a desk is left as it is', () => {
  expect(magnified(layersOf('dark'), 1)).toEqual(layersOf('dark'));
});
