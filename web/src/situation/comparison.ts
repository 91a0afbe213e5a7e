/** Comparison with an earlier window: 同比 with the same hours a year before, 环比 with the window just before. */
import { shareOf } from '@wangge/geodata/incidents/suppress';
import { HOUR, hourOf, secondOf } from './clock.ts';
import type { Window } from './period.ts';

export const COMPARISONS = ['yoy', 'prev'] as const;
export type Comparison = (typeof COMPARISONS)[number];

/**
 * The window to compare with. Of a window that holds `now` only what has passed is compared: a day that is half over is
 * no half as busy day.
 */
export function comparedWindow(window: Window, comparison: Comparison, now: number, timeZone: string): Window {
  const past = window.from <= now && now < window.to ? Math.floor((now - window.from) / 60) * 60 : null;
  const from = comparison === 'prev' ? window.from - (window.to - window.from) : yearBefore(window.from, timeZone);
  if (past !== null) return { from, to: from + past };
  // By the last hour within, so that the end of February stays the end of February.
  const to = comparison === 'prev' ? window.from : yearBefore(window.to - HOUR, timeZone) + HOUR;
  return { from, to };
}

/** The same hour of the clock a year before; of February 29, that of the 28th. */
function yearBefore(second: number, timeZone: string): number {
  const hour = hourOf(second, timeZone);
  const year = String(Number(hour.slice(0, 4)) - 1).padStart(4, '0');
  const day = hour.slice(4, 10) === '-02-29' ? '-02-28' : hour.slice(4, 10);
  return secondOf(`${year}${day}${hour.slice(10)}`, timeZone);
}

/** Relative change; null where there was nothing, of which nothing is a multiple; LEFT_OUT where one is withheld. */
export const changeOf = (now: number, before: number): number | null => {
  const share = shareOf(now, before);
  return share === null ? null : share - 1;
};

interface Rate {
  readonly of: number;
  readonly part: number;
}

/** Change of a rate in 个百分点; null where one side has no denominator, LEFT_OUT where a count is withheld. */
export const pointsOf = (now: Rate, before: Rate): number | null => {
  const [share, earlier] = [shareOf(now.part, now.of), shareOf(before.part, before.of)];
  return share === null || earlier === null ? null : (share - earlier) * 100;
};
