import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { type Held, heldIncidents } from './held.ts';

/** How long the first picture may keep the columns waiting, milliseconds. */
const LATEST_START = 1500;

/**
 * What the page holds. Loaded once `ready`, when the browser has nothing better to do, so that the first picture never
 * waits for it; widened when `from` (a second) moves back. The event stream keeps it level with the server.
 */
export function useHeld(from: number, ready: boolean): { held: Held | null; failed: boolean; retry: () => void } {
  const held = useSyncExternalStore(heldIncidents.subscribe, heldIncidents.get);
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const asked = useCallback((load: Promise<void>) => {
    load.then(
      () => setFailed(false),
      () => setFailed(true),
    );
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` is what asks again
  useEffect(() => {
    if (!ready) return;
    return whenIdle(() => asked(heldIncidents.load(from)));
  }, [from, ready, attempt, asked]);
  return { held, failed, retry: () => setAttempt((n) => n + 1) };
}

/** Runs when the browser is idle; the answer calls it off. */
function whenIdle(run: () => void): () => void {
  // Safari knows no idle callback.
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(run, LATEST_START);
    return () => clearTimeout(timer);
  }
  const idle = window.requestIdleCallback(run, { timeout: LATEST_START });
  return () => window.cancelIdleCallback(idle);
}
