import { useEffect, useLayoutEffect, useState } from 'react';

/** Steps in which the map grows: each is another map, so a window that is dragged does not make one a pixel. */
const STEP = 0.1;

/** A rem in desk rems: how many times as large as on a desk everything is. */
const now = (): number => {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  return Math.max(1, Math.round(rem / STEP) * STEP);
};

/**
 * Lays the page out for a wall while the component stands: theme.css then makes a rem a share of the screen's height, and
 * everything that is laid out in rem follows. Returns how many times as large as on a desk that is, for the map.
 */
export function useMagnification(): number {
  const [k, setK] = useState(1);
  useLayoutEffect(() => {
    document.documentElement.dataset.seen = 'wall';
    setK(now());
    return () => {
      delete document.documentElement.dataset.seen;
    };
  }, []);
  useEffect(() => {
    const update = () => setK(now());
    window.addEventListener('resize', update);
    return () => window.removeEventListener('resize', update);
  }, []);
  return k;
}
