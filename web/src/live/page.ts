/** The live side of the page, outside React. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { heldIncidents } from '../incidents/held.ts';
import { BROWSER_CLOCK } from './clock.ts';
import { type Freshness, freshnessOf } from './freshness.ts';
import { type Applied, Live } from './live.ts';
import { overHttp } from './transport.ts';

/** The one of the page. */
export const live = new Live({
  transport: overHttp(),
  held: heldIncidents,
  clock: BROWSER_CLOCK,
  random: Math.random,
});

/** An import changes the ground many times a second; what is asked anew stands for all of them. */
const GROUND_WAIT_MS = 500;

/** Follows the stream while the desk is on the page. */
export function useLiveLink(): void {
  const queries = useQueryClient();
  useEffect(() => {
    let asking: ReturnType<typeof setTimeout> | undefined;
    const stop = live.start(() => {
      clearTimeout(asking);
      // The columns are no query: whatever else was asked for stands on the ground.
      asking = setTimeout(() => void queries.invalidateQueries(), GROUND_WAIT_MS);
    });
    const see = () => live.see(document.visibilityState === 'visible');
    const reach = () => live.reach(navigator.onLine);
    document.addEventListener('visibilitychange', see);
    // A page that comes back from the browser's own cache has lost its stream.
    window.addEventListener('pageshow', see);
    window.addEventListener('online', reach);
    window.addEventListener('offline', reach);
    if (document.visibilityState !== 'visible') see();
    return () => {
      document.removeEventListener('visibilitychange', see);
      window.removeEventListener('pageshow', see);
      window.removeEventListener('online', reach);
      window.removeEventListener('offline', reach);
      clearTimeout(asking);
      stop();
    };
  }, [queries]);
}

/** Renewed each second while it is looked at. */
export function useFreshness(): Freshness {
  const [freshness, setFreshness] = useState(() => freshnessOf(live.link, BROWSER_CLOCK.now()));
  useEffect(() => {
    const renew = () => {
      const next = freshnessOf(live.link, BROWSER_CLOCK.now());
      setFreshness((old) => (JSON.stringify(old) === JSON.stringify(next) ? old : next));
    };
    renew();
    const timer = setInterval(renew, 1000);
    const leave = live.watch(renew);
    return () => {
      clearInterval(timer);
      leave();
    };
  }, []);
  return freshness;
}

/** Calls `on` with what has just been applied. */
export function useApplied(on: (applied: Applied) => void): void {
  useEffect(() => live.listen(on), [on]);
}
