/**
 * The layers of the map from paper to labels, for either scheme. A scheme is paint only: sources and layouts stay, so a
 * switch repaints without reading anything again.
 */
import type {
  DataDrivenPropertyValueSpecification,
  ExpressionSpecification,
  LayerSpecification,
  StyleSpecification,
  VariableAnchorOffsetCollectionSpecification,
} from 'maplibre-gl';
import type { Scheme } from './contract.ts';
import { magnified } from './magnify.ts';
import { COVERAGE, THEME } from './palette.ts';

/** Layers before which deck.gl draws: heat under the dimming and every line, markers under the labels. */
export const BEFORE_HEAT = 'outside';
export const BEFORE_MARKERS = 'grid-label';

/** Name and side in pixels of the empty picture that keeps room for markers. */
export const BLANK = 'blank';
export const BLANK_SIDE = 10;

export const LABEL_LAYERS = ['grid-label', 'village-label', 'township-label'] as const;
export const COVERAGE_LAYERS = [
  'coverage-own',
  'coverage-shared',
  'coverage-shared-ink',
  'coverage-vacant',
  'coverage-vacant-ink',
  'coverage-unknown',
  'coverage-unknown-ink',
  'coverage-shared-line',
  'coverage-vacant-line',
] as const;

/** Where a label may go when its place is taken, in ems: over the place, else beside a marker that stands there. */
const AROUND: VariableAnchorOffsetCollectionSpecification = [
  ...['center', [0, 0]],
  ...['top', [0, 1.9]],
  ...['bottom', [0, -1.9]],
  ...['left', [2.1, 0]],
  ...['right', [-2.1, 0]],
] as VariableAnchorOffsetCollectionSpecification;

/** How far everything outside the selected area fades into the paper. */
const DIM = { light: 0.4, dark: 0.5 } as const;

const at = (...stops: readonly (readonly [zoom: number, value: number])[]): ExpressionSpecification =>
  ['interpolate', ['linear'], ['zoom'], ...stops.flat()] as never;
const state = (name: string, on: number, off: number): ExpressionSpecification => [
  'case',
  ['boolean', ['feature-state', name], false],
  on,
  off,
];
const empty = { type: 'geojson' as const, data: { type: 'FeatureCollection' as const, features: [] } };
// Neighbours share their nodes; a tolerance would simplify each polygon by itself and crack the borders.
const exact = { tolerance: 0, buffer: 64 };

/** `k`: how many times as large as on a desk. */
export function styleOf(scheme: Scheme, k = 1): StyleSpecification {
  return {
    version: 8,
    sources: {
      graticule: empty,
      land: { ...empty, ...exact },
      grids: { ...empty, ...exact, promoteId: 'code' },
      divisions: { ...empty, ...exact, promoteId: 'code' },
      outside: { ...empty, ...exact },
      chosen: { ...empty, ...exact },
      places: empty,
      occupied: empty,
    },
    layers: magnified(layersOf(scheme), k),
  };
}

/** Colour by class; -1 and a missing class are no data. */
export function fillColour(palette: readonly string[], scheme: Scheme): DataDrivenPropertyValueSpecification<string> {
  if (palette.length === 0) return THEME[scheme].noData;
  const pairs = palette.flatMap((colour, i) => [i, colour]);
  return ['match', ['coalesce', ['feature-state', 'k'], -1], ...pairs, THEME[scheme].noData] as never;
}

export function layersOf(scheme: Scheme): LayerSpecification[] {
  const t = THEME[scheme];
  const c = COVERAGE[scheme];
  const has = (k: string): ExpressionSpecification => ['==', ['get', 'coverage'], k];
  const level = (l: string): ExpressionSpecification => ['==', ['get', 'level'], l];
  const hidden = { visibility: 'none' as const };
  const round = { 'line-join': 'round' as const, 'line-cap': 'round' as const };

  return [
    { id: 'paper', type: 'background', paint: { 'background-color': t.paper } },
    {
      id: 'graticule',
      type: 'line',
      source: 'graticule',
      paint: { 'line-color': t.graticule, 'line-width': 1 },
    },
    {
      id: 'land-shadow',
      type: 'line',
      source: 'land',
      layout: round,
      paint: {
        'line-color': t.shadow,
        'line-width': 14,
        'line-blur': 14,
        'line-opacity': scheme === 'light' ? 0.55 : 0.9,
      },
    },
    {
      id: 'grid-fill',
      type: 'fill',
      source: 'grids',
      // Without antialiasing the paper would not shine through between two neighbours of one colour.
      paint: { 'fill-color': t.land, 'fill-antialias': false },
    },
    {
      id: 'no-data',
      type: 'fill',
      source: 'grids',
      // A pattern cannot follow a feature's state, its opacity can: recolouring re-tiles nothing.
      paint: {
        'fill-pattern': 'no-data',
        'fill-opacity': ['case', ['==', ['coalesce', ['feature-state', 'k'], -1], -1], 1, 0],
      },
    },
    ...(['own', 'shared', 'vacant', 'unknown'] as const).flatMap((k): LayerSpecification[] => [
      {
        id: `coverage-${k}`,
        type: 'fill',
        source: 'grids',
        filter: has(k),
        layout: hidden,
        paint: { 'fill-color': c[k].fill, 'fill-antialias': false },
      },
      ...(k === 'own'
        ? []
        : [
            {
              id: `coverage-${k}-ink`,
              type: 'fill' as const,
              source: 'grids',
              filter: has(k),
              layout: hidden,
              paint: { 'fill-pattern': k },
            },
          ]),
    ]),
    {
      id: 'outside',
      type: 'fill',
      source: 'outside',
      paint: { 'fill-color': t.paper, 'fill-opacity': DIM[scheme], 'fill-antialias': false },
    },
    {
      id: 'grid-line',
      type: 'line',
      source: 'grids',
      layout: round,
      paint: {
        'line-color': t.gridLine,
        'line-width': at([7, 0.35], [9, 0.6], [12, 1.2], [15, 1.8]),
        'line-opacity': at([7, 0.55], [9, 0.9]),
      },
    },
    {
      id: 'coverage-shared-line',
      type: 'line',
      source: 'grids',
      filter: has('shared'),
      layout: { ...round, ...hidden },
      paint: { 'line-color': c.shared.outline!, 'line-width': at([8, 0.9], [12, 1.6]) },
    },
    {
      id: 'coverage-vacant-line',
      type: 'line',
      source: 'grids',
      filter: has('vacant'),
      layout: { ...round, ...hidden },
      paint: { 'line-color': c.vacant.outline!, 'line-width': at([8, 2], [12, 3.2]) },
    },
    {
      id: 'village-line',
      type: 'line',
      source: 'divisions',
      minzoom: 9.4,
      filter: level('village'),
      layout: round,
      paint: {
        'line-color': t.villageLine,
        'line-width': at([9.4, 0.5], [12, 1.1], [15, 1.6]),
        'line-opacity': at([9.4, 0], [10, 1]),
      },
    },
    {
      id: 'township-casing',
      type: 'line',
      source: 'divisions',
      filter: level('township'),
      layout: round,
      paint: { 'line-color': t.casing, 'line-width': at([8, 2.4], [12, 4.6]), 'line-opacity': 0.55 },
    },
    {
      id: 'township-line',
      type: 'line',
      source: 'divisions',
      filter: level('township'),
      layout: round,
      paint: { 'line-color': t.townshipLine, 'line-width': at([7, 0.8], [9, 1.2], [12, 2.2]) },
    },
    {
      id: 'county-line',
      type: 'line',
      source: 'land',
      layout: round,
      paint: { 'line-color': t.countyLine, 'line-width': at([7, 1.4], [9, 2], [12, 2.8]) },
    },
    ...(['divisions', 'grids'] as const).map(
      (source): LayerSpecification => ({
        id: `${source}-hover`,
        type: 'line',
        source,
        layout: round,
        paint: { 'line-color': t.hoverLine, 'line-width': 2.2, 'line-opacity': state('hover', 0.9, 0) },
      }),
    ),
    {
      id: 'chosen-casing',
      type: 'line',
      source: 'chosen',
      layout: round,
      paint: { 'line-color': t.casing, 'line-width': at([8, 5.5], [13, 8]) },
    },
    {
      id: 'chosen-line',
      type: 'line',
      source: 'chosen',
      layout: round,
      paint: { 'line-color': t.selectedLine, 'line-width': at([8, 2.2], [13, 3]) },
    },
    ...labelsOf(scheme),
  ];
}

/** From quiet to loud: MapLibre gives room to the last layer first. Ideographs are drawn by the browser's own fonts. */
function labelsOf(scheme: Scheme): LayerSpecification[] {
  const t = THEME[scheme];
  const level = (l: string): ExpressionSpecification => ['==', ['get', 'level'], l];
  const paint = (colour: string) => ({
    'text-color': colour,
    'text-halo-color': t.halo,
    'text-halo-width': 2,
    'text-halo-blur': 0.4,
  });
  return [
    {
      id: 'grid-label',
      type: 'symbol',
      source: 'places',
      minzoom: 11.4,
      filter: level('grid'),
      layout: {
        // The village is already written; a grid says its number, and its code where there is room.
        'text-field': ['step', ['zoom'], ['get', 'short'], 13.2, ['get', 'long']],
        'text-font': ['Regular'],
        'text-size': at([11, 11], [14, 13]),
        'text-max-width': 9,
        'text-padding': 3,
        'symbol-sort-key': ['get', 'rank'],
      },
      paint: paint(t.labelQuiet),
    },
    {
      id: 'village-label',
      type: 'symbol',
      source: 'places',
      minzoom: 9.7,
      filter: level('village'),
      layout: {
        'text-field': ['get', 'name'],
        'text-font': ['Medium'],
        'text-size': at([9.7, 11.5], [12, 13], [15, 15]),
        'text-variable-anchor-offset': AROUND,
        'text-padding': 4,
        'text-max-width': 7,
        'symbol-sort-key': ['get', 'rank'],
      },
      paint: paint(t.labelQuiet),
    },
    {
      id: 'township-label',
      type: 'symbol',
      source: 'places',
      maxzoom: 13,
      filter: level('township'),
      layout: {
        'text-field': ['get', 'name'],
        'text-font': ['Bold'],
        'text-size': at([7, 11.5], [8.5, 14], [11, 17]),
        'text-letter-spacing': 0.06,
        'text-variable-anchor-offset': AROUND,
        'text-padding': 3,
        'text-max-width': 8,
        'symbol-sort-key': ['get', 'rank'],
      },
      paint: paint(t.label),
    },
    {
      // Draws nothing. deck.gl's markers are unknown to MapLibre's collision: here they take their room, so labels dodge.
      id: 'occupied',
      type: 'symbol',
      source: 'occupied',
      layout: {
        'icon-image': BLANK,
        'icon-size': ['/', ['get', 'size'], BLANK_SIDE],
        'icon-allow-overlap': true,
        'icon-padding': 0,
      },
    },
  ];
}
