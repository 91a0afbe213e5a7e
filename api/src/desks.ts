/** The built web app as files: what `vite build` wrote to web/dist, with `.br` and `.gz` beside each text file. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Env, Hono } from 'hono';
import { secured } from './http/requests.ts';

/** A year; a name with a content hash never changes its bytes. */
const FOR_EVER = 'public, max-age=31536000, immutable';

/**
 * Serves the web app beside the API. Any address that asks for a page and is no file is the app's own (its URL is its
 * state), so it gets index.html; anything else that is missing stays the API's 404.
 * @param folder absolute, e.g. `…/web/dist`
 */
export function addDesks<E extends Env>(app: Hono<E>, folder: string): void {
  const index = join(folder, 'index.html');
  const files = serveStatic({ root: folder, precompressed: true });
  // The API sets the same headers itself.
  app.use('*', (c, next) => (isApi(c.req.path) ? next() : secured(c, next)));
  app.use('*', async (c, next) => {
    if (isApi(c.req.path)) return await next();
    const file = await files(c, next);
    if (!(file instanceof Response)) return;
    file.headers.set('Cache-Control', c.req.path.startsWith('/assets/') ? FOR_EVER : 'no-cache');
    return file;
  });
  app.get('*', async (c, next) => {
    if (isApi(c.req.path) || !(c.req.header('accept') ?? '').includes('text/html')) return await next();
    const page = await readFile(index, 'utf8').catch(() => null);
    if (page === null) return await next();
    c.header('Cache-Control', 'no-cache');
    return c.html(page);
  });
}

/** Whether an address is the API's own, whatever is asked of it. */
export const isApi = (path: string): boolean => /^\/(api|ogc|tiles|healthz)(\/|$)/.test(path);
