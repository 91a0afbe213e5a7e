/** Answers that are ready, before everything that other requests keep to: they cost less than any of it. */
import type { HttpBindings } from '@hono/node-server';
import type { Env, Hono } from 'hono';

export type HeaderReader = (name: string) => string | undefined;

/**
 * The answer to a GET if it is ready, else null.
 * @param path path and query, as they were sent
 */
export type Ready = (path: string, header: HeaderReader) => Response | null | Promise<Response | null>;

/** Whatever is not ready goes on to the routes; what fails here fails there again, where it is told and logged. */
export function answerFirst<E extends Env>(app: Hono<E>, ready: Ready): void {
  const { fetch } = app;
  app.fetch = (request, env, context) => {
    if (request.method !== 'GET') return fetch(request, env, context);
    const incoming = (env as Partial<HttpBindings> | undefined)?.incoming;
    let answer: ReturnType<Ready>;
    try {
      // Behind a socket the address and the headers lie there; made into a Request they cost more than the answer.
      answer = incoming
        ? ready(incoming.url ?? '', (name) => incoming.headers[name] as string | undefined)
        : ready(pathOf(request.url), (name) => request.headers.get(name) ?? undefined);
    } catch {
      answer = null;
    }
    if (answer instanceof Promise) {
      return answer.catch(() => null).then((response) => response ?? fetch(request, env, context));
    }
    return answer ?? fetch(request, env, context);
  };
}

/** Path and query of an absolute address. */
function pathOf(url: string): string {
  return url.slice(url.indexOf('/', url.indexOf('//') + 2));
}
