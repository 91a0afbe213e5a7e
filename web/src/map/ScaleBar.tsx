import { useEffect, useState } from 'react';
import style from './MapView.module.css';
import type { Stage } from './stage.ts';
import { metresPerPixel } from './view.ts';

/** Longest bar, CSS pixels. */
const LONGEST = 110;

/** `k`: how many times as large as on a desk. A metric bar of a round length, and the north: true at the middle of the map. */
export function ScaleBar({ stage, north, k }: { stage: Stage; north: string; k: number }) {
  const [bar, setBar] = useState(() => barOf(stage, k));
  useEffect(() => {
    const set = () => {
      const next = barOf(stage, k);
      setBar((old) => (old.width === next.width && old.text === next.text ? old : next));
    };
    set();
    return stage.listen(set);
  }, [stage, k]);
  return (
    <div className={style.scale}>
      <svg viewBox="0 0 20 28" width={14 * k} height={20 * k} role="img" aria-label={north}>
        <path d="M10 1 17 26 10 20.5 3 26Z" fill="currentColor" />
      </svg>
      <span aria-hidden="true">{north}</span>
      <span className={style.bar} style={{ width: bar.width }}>
        {bar.text}
      </span>
    </div>
  );
}

function barOf(stage: Stage, k: number): { width: number; text: string } {
  const { lat, zoom } = stage.camera;
  const metres = metresPerPixel(zoom, lat);
  const length = roundDown(LONGEST * k * metres);
  return { width: Math.round(length / metres), text: length >= 1000 ? `${length / 1000} km` : `${length} m` };
}

/** The largest of 1, 2, 5 × 10ⁿ that is not larger. */
export function roundDown(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const lead = value / power;
  return (lead >= 5 ? 5 : lead >= 2 ? 2 : 1) * power;
}
