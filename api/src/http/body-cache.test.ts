import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { BodyCache, chooseCoding } from './body-cache.ts';
import { holdsTag, weakTag } from './etag.ts';

/** An app that answers from a cache; `built` tells which bodies were made. */
function cached(maxBytes = 1 << 20) {
  const cache = new BodyCache(maxBytes);
  const built: string[] = [];
  const app = new Hono().get('/:key/:tag', (c) => {
    const { key, tag } = c.req.param();
    return cache.answer(c, key, weakTag(tag), 'text/plain', async () => {
      built.push(`${key}/${tag}`);
      if (tag === 'broken') throw new Error('no body');
      return `${key}${tag}`.padEnd(2000, '.');
    });
  });
  app.onError((_error, c) => c.text('', 500));
  return { app, built };
}

describe('kept bodies', () => {
  it('are made once a version, for all who ask at once', async () => {
    const { app, built } = cached();
    await Promise.all(Array.from({ length: 10 }, () => app.request('/a/1')));
    await app.request('/a/1', { headers: { 'accept-encoding': 'br' } });
    expect(built).toEqual(['a/1']);
    expect(await (await app.request('/a/2')).text()).toMatch(/^a2/);
    expect(await (await app.request('/a/1')).text()).toMatch(/^a1/);
    expect(built).toEqual(['a/1', 'a/2', 'a/1']);
  });

  it('are made for each alone where nothing may be kept', async () => {
    const { app, built } = cached(0);
    await Promise.all(Array.from({ length: 3 }, () => app.request('/a/1')));
    expect(built).toEqual(['a/1', 'a/1', 'a/1']);
  });

  it('are not made for a client that holds the version', async () => {
    const { app, built } = cached();
    const answer = await app.request('/a/1', { headers: { 'if-none-match': 'W/"1"' } });
    expect(answer.status).toBe(304);
    expect(built).toEqual([]);
  });

  it('make room for others, the longest unused first', async () => {
    const { app, built } = cached(4500);
    for (const key of ['a', 'b', 'a', 'c']) await app.request(`/${key}/1`);
    expect(built).toEqual(['a/1', 'b/1', 'c/1']);
    await app.request('/a/1');
    expect(built).toHaveLength(3);
    await app.request('/b/1');
    expect(built.at(-1)).toBe('b/1');
  });

  it('are tried again after a failure', async () => {
    const { app, built } = cached();
    expect((await app.request('/a/broken')).status).toBe(500);
    expect((await app.request('/a/broken')).status).toBe(500);
    expect(built).toHaveLength(2);
    expect((await app.request('/a/1')).status).toBe(200);
  });
});

describe('content codings', () => {
  it.each([
    [undefined, null],
    ['', null],
    ['identity', null],
    ['gzip', 'gzip'],
    ['gzip, deflate, br', 'br'],
    ['gzip;q=1, br;q=0.5', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0, gzip;q=0', null],
    ['*', 'br'],
    ['*;q=0.1, br;q=0', 'gzip'],
    ['GZIP', 'gzip'],
    ['gzip;q=wrong', null],
  ])('%s → %s', (header, coding) => {
    expect(chooseCoding(header)).toBe(coding);
  });
});

describe('entity tags', () => {
  it('are compared weakly, in lists', () => {
    const tag = weakTag('a b', 1);
    expect(tag).toBe('W/"a_b.1"');
    for (const header of [tag, '"a_b.1"', `"x", ${tag}`, '*']) expect(holdsTag(header, tag), header).toBe(true);
    for (const header of [undefined, '', '"a_b"', 'a_b.1']) expect(holdsTag(header, tag), header).toBe(false);
  });
});
