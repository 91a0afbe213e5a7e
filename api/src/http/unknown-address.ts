import type { Hono, MiddlewareHandler } from 'hono';
import { TrieRouter } from 'hono/router/trie-router';
import { Problem } from './problem.ts';

/** Answers what no route took: 405 with `Allow` where the address exists, else 404. */
export function unknownAddress(app: Pick<Hono, 'routes'>): MiddlewareHandler {
  let router: TrieRouter<string> | null = null;
  const methodsAt = (path: string): string[] => {
    if (!router) {
      router = new TrieRouter();
      for (const { method, path: pattern } of app.routes) if (method !== 'ALL') router.add('ALL', pattern, method);
    }
    const methods = new Set(router.match('ALL', path)[0].map(([method]) => method));
    if (methods.has('GET')) methods.add('HEAD');
    return [...methods].sort();
  };
  return async (c) => {
    const allowed = methodsAt(c.req.path);
    if (allowed.length === 0) throw new Problem('unknown-address', '没有这个地址；接口说明见 /api。');
    throw new Problem('method-not-allowed', `这个地址只支持 ${allowed.join('、')}。`, [], {
      allow: allowed.join(', '),
    });
  };
}
