/** Web Mercator of the screen, and the reports that lie in view. */
import { type IncidentColumns, NO_POINT } from '@wangge/geodata/incidents/columns';
import type { Bounds, Camera, IncidentPoints } from './contract.ts';

/** Most reports drawn at once: more cannot be told apart, and weak machines stall. */
export const MOST_POINTS = 2000;

/** Web Mercator in units of the world's width, x eastward, y southward, each 0…1. */
export const mercator = (lon: number, lat: number): [x: number, y: number] => [
  lon / 360 + 0.5,
  0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI),
];

export interface RowsInView {
  /** The newest rows first, at most `most`. */
  readonly rows: readonly number[];
  readonly inView: number;
}

/** Reports with a point inside the bounds. Reports without one are counted nowhere here: they are never drawn. */
export function rowsInView({ columns, rows }: IncidentPoints, [w, s, e, n]: Bounds, most = MOST_POINTS): RowsInView {
  const [west, south, east, north] = [w * 1e7, s * 1e7, e * 1e7, n * 1e7];
  const shown: number[] = [];
  let inView = 0;
  const count = rows ? rows.length : columns.length;
  for (let i = count - 1; i >= 0; i--) {
    const row = rows ? rows[i]! : i;
    const lon = columns.lon[row]!;
    const lat = columns.lat[row]!;
    if (lon === NO_POINT || lon < west || lon > east || lat < south || lat > north) continue;
    inView++;
    if (shown.length < most) shown.push(row);
  }
  return { rows: shown, inView };
}

export const pointOf = (columns: IncidentColumns, row: number): [lon: number, lat: number] => [
  columns.lon[row]! / 1e7,
  columns.lat[row]! / 1e7,
];

/** Metres that one CSS pixel covers (tiles of 512 px). */
export const metresPerPixel = (zoom: number, lat: number): number =>
  (40075016.686 * Math.cos((lat * Math.PI) / 180)) / (512 * 2 ** zoom);

/** The projection of a flat, unturned map: fast enough for thousands of markers at each move of the mouse. */
export function projector(camera: Camera, width: number, height: number) {
  const scale = 512 * 2 ** camera.zoom;
  const [cx, cy] = mercator(camera.lon, camera.lat);
  return (lon: number, lat: number): readonly [number, number] => {
    const [x, y] = mercator(lon, lat);
    return [(x - cx) * scale + width / 2, (y - cy) * scale + height / 2];
  };
}
