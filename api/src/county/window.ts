/** The stretch of time an answer counts over: `from` and `to` of a request, each a day or an instant. */
import { z } from '@hono/zod-openapi';
import { invalidParameter } from '../http/problem.ts';
import { addDays, dayOf, isDay, startOfDay } from './day.ts';

/** Half-open, in whole seconds since 1970-01-01T00:00:00Z. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

const DEFAULT_DAYS = 30;

const describe = (name: string, end: string) =>
  z
    .string()
    .optional()
    .openapi({
      param: { name, in: 'query' },
      example: '2026-06-30',
      description: `${end}。一天（YYYY-MM-DD，按县域时区，含当天）或一个时刻（RFC 3339，区间左闭右开）；默认最近 ${DEFAULT_DAYS} 天。`,
    });

/** For the query schema of a route. */
export const windowParameters = { from: describe('from', '起'), to: describe('to', '止') };

export interface WindowQuery {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/i;

/**
 * The window of a request: a day of `to` is included whole, an instant is not. Without `to`: up to the end of today;
 * without `from`: 30 days that end with `to`.
 * @throws Problem naming the parameter.
 */
export function windowFrom(query: WindowQuery, timeZone: string, now: Date): Window {
  const to =
    query.to === undefined ? startOfDay(addDays(dayOf(now, timeZone), 1), timeZone) : at('to', query.to, timeZone, 1);
  const from =
    query.from === undefined
      ? startOfDay(addDays(dayOf(new Date(to.getTime() - 1), timeZone), 1 - DEFAULT_DAYS), timeZone)
      : at('from', query.from, timeZone, 0);
  if (from > to) throw invalidParameter('from', '不能晚于 to');
  // Incidents stand at whole seconds: rounding up keeps "from ≤ t < to" exact.
  return { from: Math.ceil(from.getTime() / 1000), to: Math.ceil(to.getTime() / 1000) };
}

function at(name: string, text: string, timeZone: string, daysOn: number): Date {
  if (/^\d{4}-/.test(text) && !(text >= '1970' && text < '2106')) {
    throw invalidParameter(name, '年份应在 1970 到 2105 之间');
  }
  if (isDay(text)) return startOfDay(addDays(text, daysOn), timeZone);
  // A plus sign that was not percent-encoded arrives as a space.
  const instant = text.replace(' ', '+');
  const parsed = INSTANT.test(instant) && isDay(instant.slice(0, 10)) ? new Date(instant) : null;
  if (!parsed || Number.isNaN(parsed.getTime())) {
    throw invalidParameter(name, '请写成日期 2026-06-30，或带时区的时刻 2026-06-30T08:00:00+08:00');
  }
  return parsed;
}

/** An instant of a window, as it is printed. */
export const printed = (second: number): string => new Date(second * 1000).toISOString().replace('.000Z', 'Z');
