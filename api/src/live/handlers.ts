import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Models } from '../county/models.ts';
import { refuseInvalid } from '../http/errors.ts';
import { versionFor } from '../http/position.ts';
import { Problem } from '../http/problem.ts';
import { SECURITY_HEADERS } from '../http/requests.ts';
import { RING } from './feed.ts';
import { incidentsOf } from './frames.ts';
import * as routes from './routes.ts';
import type { Streams } from './streams.ts';

export const liveApi = (models: Models, streams: Streams) =>
  new OpenAPIHono<{ Bindings: Partial<HttpBindings> }>({ defaultHook: refuseInvalid })
    .openapi(routes.live, async (c) => {
      const { after } = c.req.valid('query');
      // A stream is written to its socket: without one, as in a test without a server, there is none to write to.
      const response = c.env?.outgoing;
      if (!response) throw new Problem('bad-request', '事件流需要一个网络连接。');
      await streams.enter(resumeAt(after, c.req.header('last-event-id')), () => {
        response.writeHead(200, {
          ...SECURITY_HEADERS,
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-cache, no-transform',
          // nginx would otherwise hold the events back in its buffer.
          'x-accel-buffering': 'no',
        });
        return response;
      });
      return RESPONSE_ALREADY_SENT as never;
    })
    .openapi(routes.changes, async (c) => {
      const after = Number(c.req.valid('query').after);
      const { county, position } = await versionFor(c, models);
      await models.feed.reach(county, position);
      const events = await models.feed.since(county, after, RING);
      if (events === null || events.some(({ kind }) => kind === 'reloaded')) {
        throw new Problem('too-old', '变化太多或间隔太久，请重新读取 /api/incidents/columns。', [
          { pointer: '?after', detail: '这之后的变化已不能逐条补齐' },
        ]);
      }
      return c.json(
        {
          as_of: events.at(-1)?.position ?? after,
          at: models.clock().toISOString(),
          incidents: incidentsOf(events),
        },
        200,
        { 'cache-control': 'no-store' },
      );
    });

/** Where the client last stood: what it asks for, or what its browser remembers of a stream that broke. */
function resumeAt(after: string | undefined, lastEventId: string | undefined): number | null {
  const known = [after, lastEventId].filter((text) => text !== undefined && /^\d{1,15}$/.test(text)).map(Number);
  return known.length === 0 ? null : Math.max(...known);
}
