/** Patterns that carry a class without colour: drawn on a canvas, so that nothing has to be fetched. */
import type { Map as MapLibreMap } from 'maplibre-gl';
import type { Scheme } from './contract.ts';
import { COVERAGE, THEME } from './palette.ts';
import { BLANK, BLANK_SIDE } from './style.ts';

/** Side of a tile in CSS pixels (MapLibre stretches it up to twice between two zooms), and how many picture pixels one CSS pixel has. */
const SIDE = 7;
const DENSITY = 2;

export const PATTERNS = ['no-data', 'shared', 'vacant', 'unknown'] as const;
export type Pattern = (typeof PATTERNS)[number];

/** Puts the patterns of a scheme into the map, k times as large, or replaces those of the other scheme. */
export function putPatterns(map: MapLibreMap, scheme: Scheme, k = 1): void {
  if (!map.hasImage(BLANK)) map.addImage(BLANK, new ImageData(BLANK_SIDE, BLANK_SIDE));
  for (const name of PATTERNS) {
    const picture = drawPattern(name, scheme);
    if (map.hasImage(name)) map.updateImage(name, picture);
    else map.addImage(name, picture, { pixelRatio: DENSITY / k });
  }
}

function drawPattern(name: Pattern, scheme: Scheme): ImageData {
  const canvas = document.createElement('canvas');
  canvas.width = SIDE * DENSITY;
  canvas.height = SIDE * DENSITY;
  const g = canvas.getContext('2d')!;
  g.scale(DENSITY, DENSITY);
  if (name === 'no-data') stripes(g, THEME[scheme].noDataInk, 0.7, [SIDE / 2]);
  else if (name === 'unknown') stripes(g, COVERAGE[scheme].unknown.ink, 0.7, [SIDE / 2]);
  else if (name === 'vacant') stripes(g, COVERAGE[scheme].vacant.ink, 1.1, [0, SIDE]);
  else dots(g, COVERAGE[scheme].shared.ink);
  return g.getImageData(0, 0, canvas.width, canvas.height);
}

/** Diagonals that meet across tile borders; `at` are their crossings with the tile's left side. */
function stripes(g: CanvasRenderingContext2D, ink: string, width: number, at: readonly number[]): void {
  g.strokeStyle = ink;
  g.lineWidth = width;
  g.beginPath();
  for (const y of at) {
    for (const shift of [-SIDE, 0, SIDE]) {
      g.moveTo(-SIDE, y + SIDE + shift);
      g.lineTo(SIDE * 2, y - SIDE * 2 + shift);
    }
  }
  g.stroke();
}

function dots(g: CanvasRenderingContext2D, ink: string): void {
  g.fillStyle = ink;
  for (const [x, y] of [
    [SIDE * 0.25, SIDE * 0.25],
    [SIDE * 0.75, SIDE * 0.75],
  ] as const) {
    g.beginPath();
    g.arc(x, y, 0.8, 0, Math.PI * 2);
    g.fill();
  }
}
