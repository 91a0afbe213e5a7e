/** `/healthz`: whether this process can serve. */
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Models } from '../county/models.ts';
import { refuseInvalid } from './errors.ts';
import { Problem, problems } from './problem.ts';

/** How long an answer waits for the database. */
const PATIENCE_MS = 1000;

/**
 * A runaway query holds up the embedded engine until it is cut (30 s) and the engine is open again (a few seconds). So
 * long, a database that answered just before counts as there: the process need not be restarted.
 */
const GRACE_MS = 60_000;

const route = createRoute({
  method: 'get',
  path: '/healthz',
  tags: ['运行'],
  summary: '能否提供服务',
  request: { query: z.object({}).strict() },
  responses: {
    200: {
      description: '可以',
      content: {
        'application/json': {
          schema: z
            .object({ status: z.literal('ok'), engine: z.enum(['embedded', 'postgres']), county: z.string() })
            .openapi('Health'),
        },
      },
    },
    ...problems(400, 503),
  },
});

export const healthApi = (models: Models) => {
  let last: { readonly county: string; readonly at: number } | null = null;
  /** Shared by all who ask while it is under way: a probe each minute must not fill the queue of a stuck database. */
  let probe: Promise<string> | null = null;
  const ask = (): Promise<string> => {
    probe ??= models
      .version()
      .then(({ county }) => {
        last = { county, at: models.clock().getTime() };
        return county;
      })
      .catch((error: unknown) => {
        last = null;
        throw error;
      })
      .finally(() => {
        probe = null;
      });
    return probe;
  };
  return new OpenAPIHono({ defaultHook: refuseInvalid }).openapi(route, async (c) => {
    const asked = ask();
    const county = (await within(asked, PATIENCE_MS)) ?? recent(last, models.clock());
    if (county === null) {
      throw new Problem('database-unavailable', '数据库没有应答，暂时不能提供服务。', [], { 'retry-after': '5' });
    }
    return c.json({ status: 'ok', engine: models.db.engine, county } as const, 200, { 'cache-control': 'no-store' });
  });
};

const recent = (last: { readonly county: string; readonly at: number } | null, now: Date): string | null =>
  last !== null && now.getTime() - last.at <= GRACE_MS ? last.county : null;

/** The value, or null when it is not there in time. */
async function within<T>(work: Promise<T>, ms: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  try {
    return await Promise.race([work, patience]);
  } finally {
    clearTimeout(timer);
  }
}
