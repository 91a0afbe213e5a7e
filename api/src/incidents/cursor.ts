/** The place in an order of incidents at which a page begins: a position, so that what comes in meanwhile moves nothing. */
import { invalidParameter } from '../http/problem.ts';

export const SORTS = ['occurred_at', 'reported_at', 'state_at'] as const;
export type Sort = (typeof SORTS)[number];
export const ORDERS = ['desc', 'asc'] as const;
export type Order = (typeof ORDERS)[number];

/** Of the last incident of a page. */
export interface Position {
  /** Microseconds since 1970 of the time that is sorted by; what the database holds, exactly. */
  readonly at: number;
  readonly id: number;
}

/** Opaque to whoever gets it; it holds for one sort and order and any filter. */
export const cursorOf = (sort: Sort, order: Order, { at, id }: Position): string =>
  Buffer.from(`${sort}.${order}.${at}.${id}`).toString('base64url');

/** @throws Problem naming the parameter where it is no cursor of this sort and order. */
export function positionFrom(cursor: string, sort: Sort, order: Order): Position {
  const [wasSort, wasOrder, at, id, ...more] = Buffer.from(cursor, 'base64url').toString('latin1').split('.');
  const whole = (text: string | undefined) => (/^-?\d{1,16}$/.test(text ?? '') ? Number(text) : Number.NaN);
  const position = { at: whole(at), id: whole(id) };
  const sound = more.length === 0 && Number.isSafeInteger(position.at) && Number.isSafeInteger(position.id);
  if (!sound || cursorOf(wasSort as Sort, wasOrder as Order, position) !== cursor) {
    throw invalidParameter('cursor', '请照抄上一页的 next');
  }
  if (wasSort !== sort || wasOrder !== order) {
    throw invalidParameter('cursor', '属于另一种排序：请用同样的 sort 和 order 翻页，或从第一页开始');
  }
  return position;
}
