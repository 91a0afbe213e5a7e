import { createRoute, z } from '@hono/zod-openapi';
import { problems } from '../http/problem.ts';
import { ChangesAnswer } from './schema.ts';

const position = z.string().regex(/^\d{1,15}$/, '请写一个答复中的 as_of，例如 1024');

export const live = createRoute({
  method: 'get',
  path: '/api/live',
  tags: ['实时'],
  summary: '实时事件流（server-sent events），可从任意 as_of 续传',
  description: [
    '每个事件的 id 是其位置（as_of）。断线后浏览器带着 Last-Event-ID 重连，即从断处补齐；也可用 after 指明，两者取大。',
    'hello：开始，pending 是将要补齐的条数。incidents：新增或有变化的上报，每条取代同 id 的旧内容。ground：区划、网格、人员、住户或综治中心有变化，请重新读取。',
    'digest：客户端太慢，略去了 count 条，请用 /api/incidents/changes 补齐。reset：无法续传，请重新读取全部。beat：每 10 秒一次，表示连接正常。',
  ].join('\n\n'),
  request: {
    query: z
      .object({
        after: position.optional().openapi({ description: '从这个 as_of 之后开始；默认从现在开始', example: '1024' }),
      })
      .strict(),
  },
  responses: {
    200: { description: '事件流', content: { 'text/event-stream': { schema: z.string() } } },
    ...problems(400, 503),
  },
});

export const changes = createRoute({
  method: 'get',
  path: '/api/incidents/changes',
  tags: ['实时'],
  summary: '某个 as_of 之后有变化的上报',
  description: '与事件流的 incidents 事件内容相同。变化太多或太久（410）时，请重新读取 /api/incidents/columns。',
  request: { query: z.object({ after: position.openapi({ example: '1024' }) }).strict() },
  responses: {
    200: { description: '变化', content: { 'application/json': { schema: ChangesAnswer } } },
    ...problems(400, 410, 503),
  },
});
