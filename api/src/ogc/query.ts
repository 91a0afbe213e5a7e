/** The query parameters of an items request. Every property is one, and what is not known is refused by name. */
import { isDay } from '../county/day.ts';
import { invalidParameter } from '../http/problem.ts';
import {
  type Box,
  type Collection,
  DEFAULT_LIMIT,
  type Filter,
  type ItemsQuery,
  MAX_LIMIT,
  type Property,
} from './collection.ts';
import { parseDatetime } from './datetime.ts';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/;

/** `f=json` is asked for by some clients everywhere; JSON is the only encoding there is. */
export function checkFormat(format: string | undefined): void {
  if (format !== undefined && !['json', 'geojson'].includes(format)) throw invalidParameter('f', '只支持 json');
}

/** Refuses every parameter that is not among `known`. */
export function refuseUnknown(parameters: Readonly<Record<string, string>>, known: readonly string[]): void {
  for (const name of Object.keys(parameters)) {
    if (!known.includes(name)) throw invalidParameter(name, `没有这个参数；可用：${known.join('、')}`);
  }
}

/** Parameters of items that are not properties. */
export const ITEMS_PARAMETERS = ['limit', 'bbox', 'datetime', 'cursor', 'offset', 'f'] as const;

/** @throws Problem that names the parameter. */
export function parseItemsQuery(
  collection: Collection,
  parameters: Readonly<Record<string, string>>,
  timeZone: string,
): ItemsQuery {
  refuseUnknown(parameters, [...ITEMS_PARAMETERS, ...collection.properties.map((p) => p.name)]);
  const { limit, bbox, datetime, cursor, offset, f } = parameters;
  checkFormat(f);
  if (cursor !== undefined && offset !== undefined) throw invalidParameter('offset', '不能与 cursor 同时使用');
  return {
    limit: limit === undefined ? DEFAULT_LIMIT : Math.min(whole('limit', limit, 1), MAX_LIMIT),
    cursor: cursor ?? null,
    offset: offset === undefined ? 0 : whole('offset', offset, 0),
    boxes: bbox === undefined ? null : parseBbox(bbox),
    interval: datetime === undefined ? null : parseDatetime(datetime, timeZone),
    filters: collection.properties.flatMap((p): Filter[] => {
      const text = Object.hasOwn(parameters, p.name) ? parameters[p.name] : undefined;
      return text === undefined ? [] : [{ property: p, value: parseValue(p, text) }];
    }),
  };
}

function whole(name: string, text: string, least: number): number {
  const n = /^\d{1,9}$/.test(text) ? Number(text) : -1;
  if (n < least) throw invalidParameter(name, `应是不小于 ${least} 的整数`);
  return n;
}

/** Four numbers, or six with heights, which are ignored. West beyond east crosses the antimeridian: two boxes. */
export function parseBbox(text: string): readonly Box[] {
  const numbers = text.split(',').map((part) => (NUMBER.test(part.trim()) ? Number(part) : Number.NaN));
  if (![4, 6].includes(numbers.length) || !numbers.every(Number.isFinite)) {
    throw invalidParameter('bbox', '应是 4 个或 6 个以逗号分隔的数：西,南,东,北');
  }
  const [west, south, east, north] = (numbers.length === 4 ? numbers : [0, 1, 3, 4].map((i) => numbers[i]!)) as [
    number,
    number,
    number,
    number,
  ];
  if (south > north) throw invalidParameter('bbox', '南纬值不能大于北纬值');
  if (west <= east) return [[west, south, east, north]];
  return [
    [west, south, 180, north],
    [-180, south, east, north],
  ];
}

function parseValue(property: Property, text: string): string | number | boolean {
  const { name, type } = property;
  switch (type) {
    case 'string':
      return text;
    case 'boolean': {
      // GDAL knows a boolean as the integers 0 and 1.
      const value = text.toLowerCase();
      if (!['true', 'false', '1', '0'].includes(value)) throw invalidParameter(name, '应是 true 或 false');
      return value === 'true' || value === '1';
    }
    case 'integer': {
      const n = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
      if (!Number.isSafeInteger(n)) throw invalidParameter(name, '应是整数');
      return n;
    }
    case 'number': {
      const n = NUMBER.test(text) ? Number(text) : Number.NaN;
      if (!Number.isFinite(n)) throw invalidParameter(name, '应是数');
      return n;
    }
    case 'date':
      if (!isDay(text)) throw invalidParameter(name, '应是日期，如 2026-06-30');
      return text;
    case 'date-time': {
      const n = isDay(text.slice(0, 10)) && text[10] === 'T' ? Date.parse(text.replace(' ', '+')) : Number.NaN;
      if (Number.isNaN(n)) throw invalidParameter(name, '应是时刻，如 2026-06-30T08:00:00Z');
      return n;
    }
  }
}
