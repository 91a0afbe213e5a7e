/** How fresh the screen is, from the link and the time: what the chip says. */
import { type Link, remainingOf, SILENCE_MS } from './link.ts';

export type Freshness =
  /** Nothing is held yet. */
  | { readonly kind: 'loading' }
  /** `seconds` since the server was last heard. */
  | { readonly kind: 'live'; readonly seconds: number }
  /** `count` events are still to come; 0 where that is not known. */
  | { readonly kind: 'catching-up'; readonly count: number }
  /** A break that may be over in a moment. */
  | { readonly kind: 'reconnecting'; readonly seconds: number }
  /** `at`: the server's time at its last word, ISO 8601; null where it never said one. */
  | { readonly kind: 'disconnected'; readonly at: string | null }
  /** No room for another stream: the data are renewed now and then. */
  | { readonly kind: 'crowded'; readonly at: string | null };

/** @param now of the clock that the link was stepped with, milliseconds */
export function freshnessOf(link: Link, now: number): Freshness {
  const silence = link.heard === null ? null : Math.max(0, now - link.heard);
  const seconds = Math.floor((silence ?? 0) / 1000);
  switch (link.phase) {
    case 'idle':
      return { kind: 'loading' };
    case 'live':
      return silence !== null && silence > SILENCE_MS ? { kind: 'reconnecting', seconds } : { kind: 'live', seconds };
    case 'catching-up':
      return { kind: 'catching-up', count: remainingOf(link) };
    case 'resting':
      return { kind: 'catching-up', count: 0 };
    case 'crowded':
      return { kind: 'crowded', at: link.at };
    case 'connecting':
    case 'broken':
      if (silence === null && link.failures === 0) return { kind: 'loading' };
      // One attempt is worth no alarm. After it, or when the data grow old, the break is said as what it is.
      if (silence !== null && link.failures < 2 && silence <= SILENCE_MS) return { kind: 'reconnecting', seconds };
      return { kind: 'disconnected', at: link.at };
  }
}
