import { describe, expect, it } from 'vitest';
import { starting } from './starting.ts';

describe('while the county loads', () => {
  it('a program gets problem details and a time to come back', async () => {
    const answer = starting(new Request('http://127.0.0.1:8787/healthz'));
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '3']);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await answer.json()).toMatchObject({
      type: 'urn:wangge:problem:starting',
      status: 503,
      instance: '/healthz',
    });
  });

  it('a browser gets a page that reloads itself and is not kept', async () => {
    const answer = starting(new Request('http://127.0.0.1:8787/', { headers: { accept: 'text/html,*/*' } }));
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([503, 'no-store']);
    expect(await answer.text()).toMatch(/http-equiv="refresh".*正在准备数据/);
  });
});
