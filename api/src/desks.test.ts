import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDesks } from './desks.ts';

describe('the web app’s files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wangge-desks-'));
  const app = new Hono();
  addDesks(app, folder);
  app.all('*', (c) => c.text('api', 404));
  const get = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers });

  beforeAll(async () => {
    await mkdir(join(folder, 'assets'));
    await writeFile(join(folder, 'index.html'), '<!doctype html><title>desk</title>');
    await writeFile(join(folder, 'assets/app-1a2b3c.js'), 'export {}');
    await writeFile(join(folder, 'assets/app-1a2b3c.js.br'), 'compressed');
    await writeFile(join(folder, '../wangge-outside.txt'), 'outside');
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
    rmSync(join(folder, '../wangge-outside.txt'));
  });

  it('with a hash in their name are kept for ever, and sent as they were compressed at build', async () => {
    const plain = await get('/assets/app-1a2b3c.js');
    expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(plain.headers.get('content-type')).toContain('text/javascript');
    const packed = await get('/assets/app-1a2b3c.js', { 'accept-encoding': 'gzip, br' });
    expect(packed.headers.get('content-encoding')).toBe('br');
    expect(packed.headers.get('vary')).toContain('Accept-Encoding');
    expect(await packed.text()).toBe('compressed');
  });

  it.each(['/', '/index.html', '/area/620622100', '/a/b/c?measure=open'])(
    'show the app at %s, asked for anew',
    async (path) => {
      const page = await get(path, { accept: 'text/html' });
      expect(await page.text()).toContain('<title>desk</title>');
      expect(page.headers.get('cache-control')).toBe('no-cache');
      expect(page.headers.get('x-content-type-options')).toBe('nosniff');
      expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    },
  );

  it.each(['/assets/app-old.js', '/api/nothing', '/ogc/nothing', '/healthz/x'])('leave %s to the API', async (path) => {
    expect(await (await get(path)).text()).toBe('api');
  });

  it('leave an address of the API to it even where a page is asked for', async () => {
    expect(await (await get('/api', { accept: 'text/html' })).text()).toBe('api');
  });

  it.each(['/../wangge-outside.txt', '/..%2fwangge-outside.txt', '/assets/..%2f..%2fwangge-outside.txt'])(
    'never come from outside the folder: %s',
    async (path) => {
      expect(await (await get(path)).text()).not.toBe('outside');
    },
  );
});
