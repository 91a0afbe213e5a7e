/**
 * The window as it is seen now. At rest it is the one of the address; while it is dragged or played it runs ahead of the
 * address, at most once a frame, and the address follows when it rests.
 */
import { useReducedMotion } from '@mantine/hooks';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { arrivedSince, type Held } from '../incidents/held.ts';
import { HOUR } from './clock.ts';
import { type Period, sameWindow, spanOf, type Window, windowOf } from './period.ts';
import { playedOn, type Speed, startOfPlay, USUAL_SPEED } from './playback.ts';
import { DAY, moved, type Range } from './timeline.ts';
import { DEFAULT_VIEW, type ViewState } from './url.ts';

/** A playback from its first start until one returns to the present or chooses another window. */
export interface Playback {
  readonly playing: boolean;
  /** The window with which it began and the stretch that it goes through; scales are taken from them and stay. */
  readonly first: Window;
  readonly range: Range;
}

export interface Time {
  /** Seconds since 1970, to the half minute. */
  readonly now: number;
  /** The window that is asked for, also while it moves. */
  readonly window: Window;
  /** The window of the address. */
  readonly settled: Window;
  /** It is being dragged or played. */
  readonly moving: boolean;
  readonly playback: Playback | null;
  readonly speed: Speed;
  /** It holds this moment and nothing is played back. */
  readonly live: boolean;
  /** Moves the window for as long as a gesture lasts; `rest` ends it. */
  readonly move: (window: Window) => void;
  /** Puts the window into the address: as a new entry in the history, or in the place of the last one. */
  readonly rest: (window: Window, options?: { replace?: boolean }) => void;
  readonly show: (period: Period) => void;
  /** Told by the timeline what stretch it shows: playing goes through that. */
  readonly look: (range: Range) => void;
  readonly play: () => void;
  readonly pause: () => void;
  /** Moves the window on, or back: by hours where it is short, else by days. */
  readonly step: (by: number) => void;
  readonly setSpeed: (speed: Speed) => void;
  readonly toLive: () => void;
}

/** Playback writes its moment into the address this often, milliseconds: browsers refuse more than some a second. */
const ADDRESS_EVERY = 1000;
/** Where motion is not wanted, the picture changes this often at most, milliseconds. */
const CALM_EVERY = 1000;
const SMOOTH_EVERY = 80;

export function useTime(
  view: ViewState,
  go: (patch: Partial<ViewState>, options?: { replace?: boolean }) => void,
  timeZone: string,
): Time {
  const now = useNow();
  const calm = useReducedMotion(false, { getInitialValueInEffect: false });
  const asked = windowOf(view.period, now, timeZone, view.span);
  // The same object while it means the same seconds, so that nothing is counted anew each minute.
  const settled = useMemo(() => ({ from: asked.from, to: asked.to }), [asked.from, asked.to]);
  const [draft, setDraft] = useState<Window | null>(null);
  const [playback, setPlayback] = useState<Playback | null>(null);
  const [speed, setSpeed] = useState<Speed>(USUAL_SPEED);
  const gesture = useRef(false);
  // The last few: a slow page may still be on its way to one when the next is written.
  const written = useRef<string[]>([]);
  const frame = useRef(0);
  const window = draft ?? settled;
  const latest = useRef({ window, now });
  latest.current = { window, now };

  // Whoever changes the window in the address, by a chip or the back button, ends what was going on.
  const address = `${view.period} ${view.span?.from} ${view.span?.to}`;
  useEffect(() => {
    if (written.current.includes(address)) return;
    written.current = [];
    setDraft(null);
    setPlayback(null);
  }, [address]);
  const playing = playback?.playing ?? false;
  // The address has caught up: it speaks again.
  useEffect(() => {
    if (draft && !playing && !gesture.current && sameWindow(draft, settled)) setDraft(null);
  }, [draft, playing, settled]);

  const put = useCallback(
    (to: Window, options: { replace?: boolean } = {}) => {
      const span = spanOf(to, timeZone);
      written.current = [...written.current.slice(-4), `custom ${span.from} ${span.to}`];
      go({ period: 'custom', span }, options);
    },
    [go, timeZone],
  );
  const move = useCallback((to: Window) => {
    gesture.current = true;
    setPlayback((was) => was && { ...was, playing: false });
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => setDraft(to));
  }, []);
  const rest = useCallback(
    (to: Window, options?: { replace?: boolean }) => {
      gesture.current = false;
      cancelAnimationFrame(frame.current);
      setDraft(to);
      setPlayback((was) => was && { ...was, playing: false });
      put(to, options);
    },
    [put],
  );
  const show = useCallback(
    (period: Period) => {
      setPlayback(null);
      go({ period, span: null });
    },
    [go],
  );

  const seen = useRef<Range | null>(null);
  const look = useCallback((range: Range) => {
    seen.current = range;
  }, []);
  const play = useCallback(() => {
    const range = seen.current ?? latest.current.window;
    const end = endOf(latest.current.now);
    const first = startOfPlay(latest.current.window, range, end);
    setDraft(first);
    put(first, { replace: latest.current.window.to < end });
    setPlayback((was) => (was ? { ...was, playing: true } : { playing: true, first, range }));
  }, [put]);
  const pause = useCallback(() => {
    put(latest.current.window, { replace: true });
    setPlayback((was) => was && { ...was, playing: false });
  }, [put]);

  const step = useCallback(
    (by: number) => {
      const { window, now } = latest.current;
      const unit = window.to - window.from <= 2 * DAY ? 'hour' : 'day';
      const limits = { from: 0, to: Math.max(endOf(now), window.to) };
      rest(moved(window, by, unit, limits, timeZone), { replace: true });
    },
    [rest, timeZone],
  );

  useEffect(() => {
    if (!playing) return;
    const start = latest.current.window;
    let began: number | null = null;
    let told = 0;
    let wrote = 0;
    let id = 0;
    const every = calm ? CALM_EVERY : SMOOTH_EVERY;
    const tick = (time: number) => {
      began ??= time;
      const { window: next, over } = playedOn(start, (time - began) / 1000, speed, endOf(latest.current.now));
      if (time - told >= every && !sameWindow(next, latest.current.window)) {
        told = time;
        setDraft(next);
        if (time - wrote >= ADDRESS_EVERY) {
          wrote = time;
          put(next, { replace: true });
        }
      }
      if (over) {
        setDraft(next);
        put(next, { replace: true });
        setPlayback((was) => was && { ...was, playing: false });
      } else id = requestAnimationFrame(tick);
    };
    id = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(id);
  }, [playing, speed, calm, put]);

  // The present that one returns to is the one that one left.
  const livePeriod = useRef<Period>(DEFAULT_VIEW.period);
  const holdsNow = window.from <= now && now < window.to;
  const live = holdsNow && playback === null;
  if (live && view.period !== 'custom') livePeriod.current = view.period;
  const toLive = useCallback(() => show(livePeriod.current), [show]);
  const moving = playing || (draft !== null && !sameWindow(draft, settled));
  return useMemo(
    () => ({
      now,
      window,
      settled,
      moving,
      playback,
      speed,
      live,
      move,
      rest,
      show,
      look,
      play,
      pause,
      step,
      setSpeed,
      toLive,
    }),
    [now, window, settled, moving, playback, speed, live, move, rest, show, look, play, pause, step, toLive],
  );
}

/** How many incidents have come in since one left the present; 0 while one is there. */
export function useArrivals(live: boolean, held: Held | null): number {
  const left = useRef<Held | null>(null);
  if (live) left.current = null;
  else left.current ??= held;
  return live || held === null || left.current === null ? 0 : arrivedSince(left.current, held);
}

/** What is played ends with the hour that has begun. */
const endOf = (now: number): number => Math.floor(now / HOUR + 1) * HOUR;

function useNow(): number {
  const [now, setNow] = useState(secondNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(secondNow()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

const secondNow = () => Math.floor(Date.now() / 1000);
