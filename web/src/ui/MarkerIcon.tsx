import { useEffect, useRef } from 'react';
import { type Atlas, drawAtlas } from '../map/icons.ts';
import type { IconName } from '../map/markers.ts';
import css from './MarkerIcon.module.css';
import { useScheme } from './Swatch.tsx';

const atlases = new Map<string, Atlas>();

/** A sign of the map in the legend: the very picture that the map draws. */
export function MarkerIcon({ name }: { name: IconName }) {
  const scheme = useScheme();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let atlas = atlases.get(scheme);
    if (atlas === undefined) {
      atlas = drawAtlas(scheme);
      atlases.set(scheme, atlas);
    }
    const cell = atlas.mapping[name];
    const element = canvas.current;
    if (!element) return;
    element.width = cell.width;
    element.height = cell.height;
    element.getContext('2d')?.putImageData(atlas.picture, -cell.x, -cell.y, cell.x, cell.y, cell.width, cell.height);
  }, [scheme, name]);
  return <canvas ref={canvas} className={css.sign} />;
}
