/** Town quarters that are too small to see on the whole county, and the frame in which each is enlarged. */
import { boundsOf } from './area.ts';
import type { Bounds, DivisionFeatures, GridFeatures } from './contract.ts';
import { mercator } from './view.ts';

export interface Inset {
  /** Township that manages the quarter. */
  readonly code: string;
  readonly name: string;
  /** Square in Web Mercator, padded. */
  readonly bounds: Bounds;
  /** Town grids in it. */
  readonly count: number;
}

/** A quarter needs at least this many town grids to be worth an inset. */
const LEAST = 4;
/** A township whose town grids are this much smaller than the county's typical grid needs enlarging. */
const SMALLER = 8;

/**
 * Townships with several community grids that are far smaller than the county's median grid, most grids first. Nothing
 * here knows a county: the rule is size and number.
 */
export function insetsOf(grids: GridFeatures, divisions: DivisionFeatures): Inset[] {
  const typical = median(grids.features.map((f) => f.properties.area_km2));
  const towns = new Map<string, typeof grids.features>();
  for (const feature of grids.features) {
    if (feature.properties.class !== 'community') continue;
    const code = feature.properties.managing_township_code;
    towns.set(code, [...(towns.get(code) ?? []), feature]);
  }
  const insets: Inset[] = [];
  for (const [code, features] of towns) {
    if (features.length < LEAST || median(features.map((f) => f.properties.area_km2)) * SMALLER > typical) continue;
    const bounds = boundsOf(features.map((f) => f.geometry));
    if (!bounds) continue;
    const division = divisions.features.find((f) => f.properties.code === code)?.properties;
    insets.push({
      code,
      name: division?.short_name ?? division?.name ?? code,
      bounds: squared(bounds),
      count: features.length,
    });
  }
  return insets.sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** The smallest square on the map around the bounds, with a margin. */
function squared([w, s, e, n]: Bounds): Bounds {
  const [x0, y0] = mercator(w, n);
  const [x1, y1] = mercator(e, s);
  const half = (Math.max(x1 - x0, y1 - y0) / 2) * 1.08;
  const [cx, cy] = [(x0 + x1) / 2, (y0 + y1) / 2];
  const lat = (y: number) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
  return [(cx - half - 0.5) * 360, lat(cy + half), (cx + half - 0.5) * 360, lat(cy - half)];
}
