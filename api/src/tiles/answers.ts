/**
 * Answers with tiles. Most requests are for a tile that is kept, in an address that was seen before: those cost a look-up,
 * no database, no parsing and none of the middleware, whose headers are put on here.
 */

import { MAX_ZOOM } from '@wangge/geodata/tiles/world';
import { acceptsCoding } from '../http/body-cache.ts';
import { holdsTag } from '../http/etag.ts';
import type { HeaderReader } from '../http/first.ts';
import { POSITION_HEADER } from '../http/position.ts';
import { SECURITY_HEADERS } from '../http/requests.ts';
import type { KeptTile, TileCache, TileQuestion } from './cache.ts';
import { TILED, type TiledCollection } from './collections.ts';
import type { Moment } from './moment.ts';
import { selectionFrom, selectionParameters } from './question.ts';

export const TILE_TYPE = 'application/vnd.mapbox-vector-tile';

/** Addresses remembered; each is some 200 bytes. */
const MOST_ADDRESSES = 50_000;

const PLAIN = new RegExp(`^/tiles/(${TILED.join('|')})/(\\d{1,2})/(\\d{1,7})/(\\d{1,7})\\.mvt(?:\\?(.*))?$`);
const OGC = new RegExp(
  `^/ogc/collections/(${TILED.join('|')})/tiles/WebMercatorQuad/(\\d{1,2})/(\\d{1,7})/(\\d{1,7})(?:\\?(.*))?$`,
);

/** A header of the request, by its name in lower case. */

/** Headers as they were sent last, for a position. */
interface Prepared {
  readonly asOf: number;
  readonly whole: Readonly<Record<string, string>>;
  readonly unchanged: Readonly<Record<string, string>>;
}

export class TileAnswers {
  /** What an address asks for today, and the tile last given for it; whether that still stands, the tile knows. */
  readonly #known = new Map<
    string,
    { readonly question: TileQuestion; readonly today: string; tile: KeptTile | null }
  >();
  readonly #prepared = new WeakMap<KeptTile, Prepared>();
  readonly #accepts = new Map<string, boolean>();

  constructor(
    readonly cache: TileCache,
    readonly current: () => Moment | Promise<Moment>,
    readonly clock: () => Date,
  ) {}

  /**
   * The answer to GET of an address that is written as it should be; null for every other address, and where something
   * stands in the way: the route proper then says what.
   * @param path with its query
   */
  quick(path: string, header: HeaderReader): Response | null | Promise<Response | null> {
    if (!path.startsWith('/tiles/') && !path.startsWith('/ogc/collections/')) return null;
    const moment = this.current();
    return moment instanceof Promise
      ? moment.then(
          (read) => this.#quick(path, header, read),
          () => null,
        )
      : this.#quick(path, header, moment);
  }

  #quick(path: string, header: HeaderReader, moment: Moment): Response | null | Promise<Response> {
    this.cache.standAt(moment);
    const { today } = moment.version;
    let known = this.#known.get(path);
    if (known?.today === today) {
      if (known.tile?.live) {
        this.cache.touch(known.tile);
        return this.#send(known.tile, header, moment);
      }
    } else {
      const question = this.#read(path, moment);
      if (question === null) return null;
      if (this.#known.size >= MOST_ADDRESSES) this.#known.clear();
      known = { question, today, tile: null };
      this.#known.set(path, known);
    }
    const tile = this.cache.tile(known.question);
    known.tile = this.cache.maxBytes > 0 ? tile : null;
    return this.#give(tile, header, moment);
  }

  /** @throws Problem 503 where no county is loaded */
  async answer(header: HeaderReader, question: (moment: Moment) => TileQuestion): Promise<Response> {
    const moment = await this.current();
    this.cache.standAt(moment);
    return await this.#give(this.cache.tile(question(moment)), header, moment);
  }

  /** @throws Problem naming the parameter that a collection's tiles would refuse */
  async check(collection: TiledCollection, query: Readonly<Record<string, string>>): Promise<void> {
    selectionFrom(collection, query, await this.current(), this.clock());
  }

  #give(tile: KeptTile | null, header: HeaderReader, moment: Moment): Response | Promise<Response> {
    if (tile === null) return new Response(null, { status: 204, headers: this.#headers(moment) });
    return this.#send(tile, header, moment);
  }

  #read(path: string, moment: Moment): TileQuestion | null {
    const ogc = path.startsWith('/ogc/');
    const found = (ogc ? OGC : PLAIN).exec(path);
    if (!found) return null;
    const collection = found[1] as TiledCollection;
    const [z, second, third] = [Number(found[2]), Number(found[3]), Number(found[4])];
    // OGC: row before column.
    const [x, y] = ogc ? [third, second] : [second, third];
    if (z > MAX_ZOOM || x >= 2 ** z || y >= 2 ** z) return null;
    const query: Record<string, string> = {};
    if (found[5]) {
      const known = selectionParameters(collection);
      for (const [name, value] of new URLSearchParams(found[5])) {
        if (!known.includes(name) || Object.hasOwn(query, name)) return null;
        // Whatever the schema of the route might refuse goes there.
        if (!/^[\w,.:+ -]{1,200}$/.test(value) || (name === 'open' && value !== 'true' && value !== 'false'))
          return null;
        query[name] = value;
      }
    }
    try {
      return { collection, z, x, y, selection: selectionFrom(collection, query, moment, this.clock()) };
    } catch {
      return null;
    }
  }

  #send(tile: KeptTile, header: HeaderReader, moment: Moment): Response | Promise<Response> {
    if (tile.settling) return tile.settling.then(() => this.#send(tile, header, moment));
    const prepared = this.#prepare(tile, moment);
    const held = header('if-none-match');
    if (held !== undefined && holdsTag(held, tile.tag))
      return new Response(null, { status: 304, headers: prepared.unchanged });
    if (!tile.coded || this.#acceptsGzip(header('accept-encoding') ?? '')) {
      return new Response(tile.body as Uint8Array<ArrayBuffer>, { headers: prepared.whole });
    }
    const plain = tile.plain();
    const { 'content-encoding': _, ...headers } = prepared.whole;
    return new Response(plain as Uint8Array<ArrayBuffer>, {
      headers: { ...headers, 'content-length': String(plain.length) },
    });
  }

  #prepare(tile: KeptTile, moment: Moment): Prepared {
    const asOf = moment.version.position;
    let prepared = this.#prepared.get(tile);
    if (prepared?.asOf !== asOf) {
      const unchanged = { ...this.#headers(moment), etag: tile.tag };
      const whole = {
        ...unchanged,
        'content-type': TILE_TYPE,
        'content-length': String(tile.body.length),
        ...(tile.coded ? { 'content-encoding': 'gzip' } : {}),
      };
      prepared = { asOf, unchanged, whole };
      this.#prepared.set(tile, prepared);
    }
    return prepared;
  }

  #headers(moment: Moment): Record<string, string> {
    return {
      ...SECURITY_HEADERS,
      'cache-control': 'no-cache',
      vary: 'Accept-Encoding',
      [POSITION_HEADER]: String(moment.version.position),
    };
  }

  /** Few kinds of clients ask, each with the same header every time. */
  #acceptsGzip(header: string): boolean {
    let accepts = this.#accepts.get(header);
    if (accepts === undefined) {
      accepts = acceptsCoding(header, 'gzip');
      if (this.#accepts.size >= 100) this.#accepts.clear();
      this.#accepts.set(header, accepts);
    }
    return accepts;
  }
}
