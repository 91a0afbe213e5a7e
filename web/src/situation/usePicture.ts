import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { MapHandle, Padding } from '../map/contract.ts';

/** When the map is surely drawn, also on an old computer: a picture is taken then, for a print that cannot wait. */
const AT_REST_MS = [2500, 8000];

/**
 * A picture of the map without the parts that panels cover. `seen` names what is on the map: another value, another
 * picture. `take` renews it now; null where there is no map.
 */
export function usePicture(
  map: RefObject<MapHandle | null>,
  seen: string,
  padding: Padding,
): { picture: string | null; take: () => Promise<void> } {
  const [picture, setPicture] = useState<string | null>(null);
  const kept = useRef<string | null>(null);
  const show = useCallback((url: string | null) => {
    if (kept.current) URL.revokeObjectURL(kept.current);
    kept.current = url;
    setPicture(url);
  }, []);
  const take = useCallback(async () => {
    const blob = await map.current?.image().catch(() => null);
    show(blob ? URL.createObjectURL(await cropped(blob, padding)) : null);
  }, [map, padding, show]);
  useEffect(() => {
    // What was on the map before is not to be printed under another title.
    if (seen !== '') show(null);
    const timers = AT_REST_MS.map((ms) => setTimeout(() => void take(), ms));
    return () => timers.forEach(clearTimeout);
  }, [seen, take, show]);
  return { picture, take };
}

/** The free part of the map, where the area was fitted. */
async function cropped(blob: Blob, { left, right, top, bottom }: Padding): Promise<Blob> {
  const whole = await createImageBitmap(blob);
  const scale = window.devicePixelRatio || 1;
  const width = Math.round(whole.width - (left + right) * scale);
  const height = Math.round(whole.height - (top + bottom) * scale);
  if (width <= 0 || height <= 0) return blob;
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.drawImage(whole, left * scale, top * scale, width, height, 0, 0, width, height);
  return await new Promise((resolve) => canvas.toBlob((part) => resolve(part ?? blob), 'image/png'));
}
