import { createRoute, z } from '@hono/zod-openapi';
import { problems, unchanged } from '../http/problem.ts';
import { filterParameters } from '../incidents/filter.ts';
import { areaParameter } from './area.ts';
import { CountyAnswer, OverviewAnswer } from './schema.ts';
import { windowParameters } from './window.ts';

export const county = createRoute({
  method: 'get',
  path: '/api/county',
  tags: ['县域'],
  summary: '本县的名称、时区、分类字典、范围和应标注的说明',
  request: { query: z.object({}).strict() },
  responses: {
    200: { description: '本县', content: { 'application/json': { schema: CountyAnswer } } },
    ...unchanged,
    ...problems(400, 503),
  },
});

export const overview = createRoute({
  method: 'get',
  path: '/api/overview',
  tags: ['县域'],
  summary: '一个区域及其下级的总数，每个比率都附分母；筛选条件只影响上报信息的数字',
  request: {
    query: z
      .object({
        ...areaParameter,
        by: z
          .enum(['township', 'village', 'grid'])
          .optional()
          .openapi({ description: '下级的层级；默认为区域的下一级，区域为网格时没有下级' }),
        ...windowParameters,
        ...filterParameters,
      })
      .strict(),
  },
  responses: {
    200: { description: '总数', content: { 'application/json': { schema: OverviewAnswer } } },
    ...unchanged,
    ...problems(400, 404, 503),
  },
});
