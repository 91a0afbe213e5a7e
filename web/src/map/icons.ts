/** The atlas of marker icons: form and filling say what the colour says. */
import type { Scheme } from './contract.ts';
import type { IconName } from './markers.ts';
import { rgb, THEME } from './palette.ts';

/** Pixels of an icon's cell: about twice its size on the screen, sharp on dense ones and not jagged on others. */
const CELL = 36;

export interface Atlas {
  readonly picture: ImageData;
  readonly mapping: Record<
    IconName,
    { x: number; y: number; width: number; height: number; anchorX: number; anchorY: number; mask: boolean }
  >;
}

type Path = (g: CanvasRenderingContext2D) => void;

const circle =
  (r: number): Path =>
  (g) =>
    g.arc(0, 0, r, 0, Math.PI * 2);
const square =
  (r: number): Path =>
  (g) =>
    g.rect(-r, -r, 2 * r, 2 * r);
const corners =
  (points: readonly (readonly [number, number])[]): Path =>
  (g) => {
    points.forEach(([x, y], i) => {
      if (i === 0) g.moveTo(x, y);
      else g.lineTo(x, y);
    });
    g.closePath();
  };
const triangle = corners([
  [0, -25],
  [25, 20],
  [-25, 20],
]);
const diamond = corners([
  [0, -27],
  [27, 0],
  [0, 27],
  [-27, 0],
]);
const house = corners([
  [0, -27],
  [26, -3],
  [20, -3],
  [20, 25],
  [-20, 25],
  [-20, -3],
  [-26, -3],
]);
const star = corners(
  Array.from({ length: 10 }, (_, i) => {
    const r = i % 2 === 0 ? 28 : 13;
    const a = (i * Math.PI) / 5 - Math.PI / 2;
    return [r * Math.cos(a), r * Math.sin(a)] as const;
  }),
);

export function drawAtlas(scheme: Scheme): Atlas {
  const m = THEME[scheme].marker;
  const solid =
    (path: Path, colour: string, edge = 5): Path =>
    (g) => {
      ink(g, path, m.edge, edge * 2, m.edge);
      ink(g, path, colour, 0, colour);
    };
  /** Absent: the same form, empty, so that it also reads in grey print. */
  const hollow =
    (path: Path, colour: string): Path =>
    (g) => {
      ink(g, path, m.edge, 10, m.edge);
      g.save();
      g.scale(0.8, 0.8);
      ink(g, path, m.edge, 10, colour);
      g.restore();
    };
  const drawings: Record<IconName, Path> = {
    'full_time-on': solid(circle(24), m.full_time),
    'full_time-off': hollow(circle(24), m.full_time),
    'stability-on': solid(square(21), m.stability),
    'stability-off': hollow(square(21), m.stability),
    'auxiliary-on': solid(triangle, m.auxiliary),
    'auxiliary-off': hollow(triangle, m.auxiliary),
    'centre-county': solid(star, m.centre, 4),
    'centre-county-fengqiao': withDot(solid(star, m.centre, 4), m.urgent),
    'centre-township': solid(house, m.centre),
    'centre-township-fengqiao': withDot(solid(house, m.centre), m.urgent),
    'centre-village': solid(house, m.centre, 6),
    'centre-village-fengqiao': withDot(solid(house, m.centre, 6), m.urgent),
    'incident-normal': solid(circle(22), m.normal, 7),
    'incident-urgent': solid(diamond, m.urgent),
    'incident-critical': solid(diamond, m.critical),
    dwelling: (g) => ink(g, circle(24), m.dwelling, 4, m.edge),
    office: solid(circle(26), m.office),
    // Somebody full-time is away: a ring instead of a disc, so that it also shows without colour.
    'office-gap': (g) => {
      ink(g, circle(25), m.edge, 8, m.edge);
      ink(g, circle(20), m.edge, 10, m.gap);
    },
  };
  const names = Object.keys(drawings) as IconName[];
  const canvas = document.createElement('canvas');
  canvas.width = CELL * names.length;
  canvas.height = CELL;
  const g = canvas.getContext('2d')!;
  const mapping = {} as Atlas['mapping'];
  names.forEach((name, i) => {
    g.save();
    g.translate((i + 0.5) * CELL, CELL / 2);
    // A margin keeps neighbours out of each other's linear sampling.
    g.scale((0.9 * CELL) / 64, (0.9 * CELL) / 64);
    drawings[name](g);
    g.restore();
    mapping[name] = { x: i * CELL, y: 0, width: CELL, height: CELL, anchorX: CELL / 2, anchorY: CELL / 2, mask: false };
  });
  const picture = g.getImageData(0, 0, canvas.width, canvas.height);
  bleed(picture.data, rgb(m.edge));
  return { picture, mapping };
}

/** Clear pixels are black to a sampler that mixes them in; in the edge's colour they leave no dark rim. */
function bleed(data: Uint8ClampedArray, [r, g, b]: readonly [number, number, number]): void {
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3]! < 255) [data[i], data[i + 1], data[i + 2]] = [r, g, b];
  }
}

function ink(g: CanvasRenderingContext2D, path: Path, fill: string, width: number, line: string): void {
  g.beginPath();
  path(g);
  g.fillStyle = fill;
  g.fill();
  if (width === 0) return;
  g.lineJoin = 'round';
  g.lineWidth = width;
  g.strokeStyle = line;
  g.stroke();
}

const withDot =
  (path: Path, colour: string): Path =>
  (g) => {
    path(g);
    ink(g, circle(9), colour, 0, colour);
  };
