/** From an address to the tile that it means. */
import { NO_FILTER } from '@wangge/geodata/incidents/filter';
import type { IncidentSelection } from '@wangge/geodata/tiles/incident-tile';
import { MAX_ZOOM, type TileAddress } from '@wangge/geodata/tiles/world';
import { windowFrom } from '../county/window.ts';
import { Problem } from '../http/problem.ts';
import { filterFrom, filterParameters } from '../incidents/filter.ts';
import type { TiledCollection } from './collections.ts';
import type { Moment } from './moment.ts';

/** Query parameters of a collection's tiles. */
export const selectionParameters = (collection: TiledCollection): readonly string[] =>
  collection === 'incidents' ? ['from', 'to', ...Object.keys(filterParameters)] : [];

/**
 * Which incidents the query asks for; null for a collection without such a choice.
 * @param query known parameters only
 * @throws Problem naming the parameter
 */
export function selectionFrom(
  collection: TiledCollection,
  query: Readonly<Record<string, string>>,
  { version, ground }: Moment,
  now: Date,
): IncidentSelection | null {
  if (collection !== 'incidents') return null;
  const { from, to } = windowFrom(query, version.time_zone, now);
  const filtered = Object.keys(query).some((name) => name !== 'from' && name !== 'to');
  const filter = filtered
    ? filterFrom(
        query,
        ground.county.categories.map((c) => c.code),
      )
    : NO_FILTER;
  return { from, to, filter };
}

/**
 * @param names of the three in the address, for the message
 * @throws Problem 400 for what is no whole number, 404 for a tile that does not exist
 */
export function addressFrom(z: string, x: string, y: string, names: readonly [string, string, string]): TileAddress {
  const [zoom, column, row] = [whole(names[0], z), whole(names[1], x), whole(names[2], y)];
  if (!(zoom >= 0 && zoom <= MAX_ZOOM)) {
    throw new Problem('not-found', `没有第 ${z} 级的瓦片；${names[0]} 应在 0 到 ${MAX_ZOOM} 之间。`);
  }
  const across = 2 ** zoom;
  for (const [name, n] of [
    [names[1], column],
    [names[2], row],
  ] as const) {
    if (!(n >= 0 && n < across)) {
      throw new Problem('not-found', `没有这块瓦片；第 ${zoom} 级的 ${name} 应在 0 到 ${across - 1} 之间。`);
    }
  }
  return { z: zoom, x: column, y: row };
}

function whole(name: string, text: string): number {
  if (/^[+-]?\d+$/.test(text)) return Number(text);
  throw new Problem('invalid-parameter', `地址里的 ${name}：应是整数`, [{ pointer: `{${name}}`, detail: '应是整数' }]);
}
