/**
 * The map for those who stand farther away: text, lines, patterns and markers k times as large, and everything that
 * comes and goes with the zoom where a desk's map would have it, seen through a glass of k.
 */
import type { LayerSpecification } from 'maplibre-gl';

/** Paint and layout in pixels. */
const LENGTHS = new Set(['line-width', 'line-blur', 'text-size', 'text-halo-width', 'text-halo-blur', 'text-padding']);

/** How much farther in a magnified map is than the desk's map that shows as much. */
export const zoomShift = (k: number): number => Math.log2(k);

/** The layers of a style, k times as large. */
export function magnified(layers: readonly LayerSpecification[], k: number): LayerSpecification[] {
  if (k === 1) return [...layers];
  const shift = zoomShift(k);
  return layers.map((layer) => {
    const made = { ...layer } as LayerSpecification & { paint?: object; layout?: object };
    if (layer.minzoom !== undefined) made.minzoom = layer.minzoom + shift;
    if (layer.maxzoom !== undefined) made.maxzoom = layer.maxzoom + shift;
    for (const part of ['paint', 'layout'] as const) {
      const values = (layer as { paint?: object; layout?: object })[part];
      if (values) {
        made[part] = Object.fromEntries(
          Object.entries(values).map(([name, value]) => [name, scaled(value, LENGTHS.has(name) ? k : 1, shift)]),
        ) as never;
      }
    }
    return made;
  });
}

/** A number, or a function of the zoom, with outputs k times as large and stops moved on. */
function scaled(value: unknown, k: number, shift: number): unknown {
  if (typeof value === 'number') return value * k;
  if (!Array.isArray(value)) return value;
  const ofZoom = (at: unknown) => JSON.stringify(at) === '["zoom"]';
  if (value[0] === 'interpolate' && ofZoom(value[2])) {
    // [interpolate, how, zoom, stop, output, stop, output …]
    return value.map((item, i) => (i < 3 ? item : i % 2 === 1 ? item + shift : scaled(item, k, shift)));
  }
  if (value[0] === 'step' && ofZoom(value[1])) {
    // [step, zoom, output, stop, output …]
    return value.map((item, i) => (i > 2 && i % 2 === 1 ? item + shift : item));
  }
  return value;
}
