/** Playing time: how fast, what window is slid along, and where it is after so many seconds. */
import { HOUR } from './clock.ts';
import type { Window } from './period.ts';
import { clampInto, DAY, LEAST_WINDOW, type Range } from './timeline.ts';

/** Hours of the county's time in a second of the reader's. */
export const SPEEDS = [1, 6, 24, 168] as const;
export type Speed = (typeof SPEEDS)[number];
export const USUAL_SPEED: Speed = 24;

/** A window that is to be slid may take at most this share of what is played. */
const MOST_SHARE = 1 / 6;

/**
 * The window with which playing begins: as it stands where there is something ahead of it; else the same from the start
 * of the range on. One that nearly fills the range has no way to go and is shortened to whole days.
 */
export function startOfPlay(window: Window, range: Range, end: number): Window {
  const most = Math.max(LEAST_WINDOW, (range.to - range.from) * MOST_SHARE);
  const length = window.to - window.from;
  const kept = length <= most ? length : most > DAY ? Math.floor(most / DAY) * DAY : Math.floor(most / HOUR) * HOUR;
  const ahead = kept === length && window.to < end;
  if (ahead) return window;
  return clampInto({ from: range.from, to: range.from + kept }, { from: range.from, to: Math.max(end, range.to) });
}

/**
 * The window after `elapsed` seconds of the reader's time: whole hours on, never beyond `end`.
 * @returns whether the end is reached, too
 */
export function playedOn(
  start: Window,
  elapsed: number,
  speed: Speed,
  end: number,
): { readonly window: Window; readonly over: boolean } {
  const ahead = Math.max(0, Math.floor((end - start.to) / HOUR));
  const hours = Math.min(Math.floor(elapsed * speed), ahead);
  return {
    window: { from: start.from + hours * HOUR, to: start.to + hours * HOUR },
    over: hours >= ahead,
  };
}

/** Windows as long as `window`, spread evenly over the range: what will be seen while it is played, in samples. */
export function samplesOf(window: Window, range: Range, count: number): Window[] {
  const length = window.to - window.from;
  const way = Math.max(0, range.to - range.from - length);
  return Array.from({ length: count }, (_, i) => {
    const from = range.from + Math.floor((way * i) / Math.max(1, count - 1) / HOUR) * HOUR;
    return { from, to: from + length };
  });
}
