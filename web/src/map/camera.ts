/** Cameras of a flat map: what brings an extent into view beside the panels, and when two are the same picture. */
import type { Bounds, Camera, Padding } from './contract.ts';
import { mercator } from './view.ts';

/** Air around an area, in CSS pixels. */
const AIR = 20;
/** Panels may not leave less than this share of the box: on small screens they lie over the map for a moment. */
const LEAST_SHARE = 0.35;

/** The camera that shows an extent as large as possible in the part of the box that panels leave free. */
export function fitOf(bounds: Bounds, width: number, height: number, padding: Padding, maxZoom: number): Camera {
  const [left, right] = clamped(padding.left, padding.right, width);
  const [top, bottom] = clamped(padding.top, padding.bottom, height);
  const [x0, y0] = mercator(bounds[0], bounds[3]);
  const [x1, y1] = mercator(bounds[2], bounds[1]);
  const freeX = Math.max(width - left - right, 1);
  const freeY = Math.max(height - top - bottom, 1);
  const scale = Math.min(freeX / Math.max(x1 - x0, 1e-9), freeY / Math.max(y1 - y0, 1e-9));
  const zoom = Math.min(Math.log2(scale / 512), maxZoom);
  const perPixel = 1 / (512 * 2 ** zoom);
  const x = (x0 + x1) / 2 + ((right - left) / 2) * perPixel;
  const y = (y0 + y1) / 2 + ((bottom - top) / 2) * perPixel;
  return { lon: (x - 0.5) * 360, lat: (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI, zoom };
}

function clamped(a: number, b: number, length: number): [number, number] {
  const wanted = a + b + 2 * AIR;
  const most = length * (1 - LEAST_SHARE);
  if (wanted <= most) return [a + AIR, b + AIR];
  const shrink = most / wanted;
  return [(a + AIR) * shrink, (b + AIR) * shrink];
}

/** Equal to the eye, and to the digits that an address carries: 1e-4° (10 m) and a hundredth of a zoom step. */
export const sameCamera = (a: Camera, b: Camera): boolean =>
  Math.abs(a.lon - b.lon) < 1e-4 && Math.abs(a.lat - b.lat) < 1e-4 && Math.abs(a.zoom - b.zoom) < 0.011;
