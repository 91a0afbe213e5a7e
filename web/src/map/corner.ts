/** Where a floating card covers least of the county. */
import { polygonsOf } from './area.ts';
import { fitOf } from './camera.ts';
import type { Bounds, GridFeatures, Padding } from './contract.ts';
import { projector } from './view.ts';

export type Corner = 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right';
const CORNERS: readonly Corner[] = ['top-left', 'top-right', 'bottom-left', 'bottom-right'];
/** The lower corners hold legend, scale and buttons; taken only where the upper ones would cover clearly more land. */
const LOWER_COSTS = 40;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * The corner of the free part of the box that covers the fewest nodes of the fitted county.
 * @param card size of the card in CSS pixels
 */
export function freeCorner(
  grids: GridFeatures,
  bounds: Bounds,
  box: Size,
  padding: Padding,
  card: Size,
): { corner: Corner; covered: number } {
  const project = projector(fitOf(bounds, box.width, box.height, padding, 15), box.width, box.height);
  const covered: Record<Corner, number> = {
    'top-left': 0,
    'top-right': 0,
    'bottom-left': LOWER_COSTS,
    'bottom-right': LOWER_COSTS,
  };
  for (const { geometry } of grids.features) {
    for (const [lon, lat] of polygonsOf(geometry).flatMap((polygon) => polygon[0] ?? [])) {
      const [x, y] = project(lon!, lat!);
      const left = x < padding.left + card.width;
      const right = x > box.width - padding.right - card.width;
      const top = y < padding.top + card.height;
      const bottom = y > box.height - padding.bottom - card.height;
      if (top && left) covered['top-left']++;
      if (top && right) covered['top-right']++;
      if (bottom && left) covered['bottom-left']++;
      if (bottom && right) covered['bottom-right']++;
    }
  }
  const corner = CORNERS.reduce((best, c) => (covered[c] < covered[best] ? c : best));
  return { corner, covered: covered[corner] };
}
