/** The built web app as files: what `vite build` wrote to web/dist, with `.br` and `.gz` beside each text file. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Env, Hono } from 'hono';

/** A year; a name with a content hash never changes its bytes. */
const FOR_EVER = 'public, max-age=31536000, immutable';

/**
 * Serves the web app beside the API. Any address that asks for a page and is no file is the app's own (its URL is its
 * state), so it gets index.html; anything else that is missing stays the API's 404.
 * @param folder absolute, e.g. `…/web/dist`
 */
export function addDesks<E extends Env>(app: Hono<E>, folder: string): void {
  const index = join(folder, 'index.html');
  app.use('*', async (c, next) => {
    if (isApi(c.req.path)) return await next();
    return await files(c as never, next);
  });
  app.get('*', async (c, next) => {
    if (isApi(c.req.path) || !(c.req.header('accept') ?? '').includes('text/html')) return await next();
    const page = await readFile(index, 'utf8').catch(() => null);
    if (page === null) return await next();
    c.header('Cache-Control', 'no-cache');
    return c.html(page);
  });
  const files = serveStatic({
    root: folder,
    precompressed: true,
    onFound: (path, c) => {
      c.header('Cache-Control', /[\\/]assets[\\/]/.test(path) ? FOR_EVER : 'no-cache');
      c.header('X-Content-Type-Options', 'nosniff');
    },
  });
}

const isApi = (path: string): boolean => /^\/(api|ogc|healthz)(\/|$)/.test(path);
