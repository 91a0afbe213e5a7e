import type { Box } from './collection.ts';
import type { MemoryFeature } from './memory.ts';

/** The box around the points of features; null where none has a point. */
export function boxOfPoints(features: readonly Pick<MemoryFeature, 'point'>[]): Box | null {
  let box: [number, number, number, number] | null = null;
  for (const { point } of features) {
    if (!point) continue;
    const [lon, lat] = point;
    box = box
      ? [Math.min(box[0], lon), Math.min(box[1], lat), Math.max(box[2], lon), Math.max(box[3], lat)]
      : [lon, lat, lon, lat];
  }
  return box;
}
