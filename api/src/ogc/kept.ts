/**
 * Pages of what changes seldom (divisions, grids, staff, dwellings, centres), kept as they were sent. While the feed
 * follows the database a page that was given before is given again without asking it, and may lag a write to the ground
 * by the milliseconds that the feed takes; reports and their totals are always asked for.
 */
import type { Context, MiddlewareHandler } from 'hono';
import type { Models } from '../county/models.ts';
import { holdsTag } from '../http/etag.ts';
import type { HeaderReader } from '../http/first.ts';
import { POSITION_HEADER } from '../http/position.ts';

const PAGE = /^\/ogc\/collections\/(?:divisions|grids|staffing|dwellings|centres)\/items(?:\?|$)/;

const MOST_PAGES = 64;
const MOST_BYTES = 1024 * 1024;

interface KeptPage {
  readonly tag: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly headers: Record<string, string>;
}

/** All that the answer depends on, beside the data; its links name the host. Null for a request that names none. */
const keyOf = (path: string, header: HeaderReader): string | null => {
  const host = header('host');
  return host ? `${host} ${path} ${header('accept-encoding') ?? ''} ${header('accept') ?? ''}` : null;
};

export class KeptPages {
  readonly #models: Models;
  readonly #pages = new Map<string, KeptPage>();
  /** Ground and day of all that is kept. */
  #ground = '';

  constructor(models: Models) {
    this.#models = models;
  }

  /** Keeps what the routes answer; the first of all middleware, so that an answer is kept with every header. */
  readonly keep: MiddlewareHandler = async (c, next) => {
    await next();
    if (this.#models.bodies.maxBytes === 0) return;
    const version = c.get('version');
    const path = addressOf(c);
    const tag = c.res.headers.get('etag');
    const key = keyOf(path, (name) => c.req.header(name));
    if (version === undefined || tag === null || key === null) return;
    if (c.req.method !== 'GET' || c.res.status !== 200 || !PAGE.test(path)) return;
    const bytes = new Uint8Array(await c.res.clone().arrayBuffer());
    if (bytes.byteLength > MOST_BYTES) return;
    const ground = `${version.ground} ${version.today}`;
    if (ground !== this.#ground || this.#pages.size >= MOST_PAGES) this.#pages.clear();
    this.#ground = ground;
    const headers = Object.fromEntries(c.res.headers);
    this.#pages.set(key, { tag, bytes, headers });
  };

  /** The page that was kept for such a request, if it still stands. */
  ready(path: string, header: HeaderReader): Response | null {
    if (this.#pages.size === 0 || !PAGE.test(path)) return null;
    const key = keyOf(path, header);
    const page = key === null ? undefined : this.#pages.get(key);
    if (!page) return null;
    const current = this.#models.current();
    if (current instanceof Promise) {
      // The routes ask the database anyway.
      current.catch(() => undefined);
      return null;
    }
    const { ground, today, position } = current.version;
    if (`${ground} ${today}` !== this.#ground) return null;
    page.headers[POSITION_HEADER] = String(position);
    const held = header('if-none-match');
    if (held !== undefined && holdsTag(held, page.tag)) {
      const { 'content-length': _, 'content-type': __, 'content-encoding': ___, ...headers } = page.headers;
      return new Response(null, { status: 304, headers });
    }
    return new Response(page.bytes, { headers: page.headers });
  }
}

function addressOf(c: Context): string {
  const url = new URL(c.req.url);
  return url.pathname + url.search;
}
