import { createRoute, z } from '@hono/zod-openapi';
import { areaParameter } from '../county/area.ts';
import { windowParameters } from '../county/window.ts';
import { problems, unchanged } from '../http/problem.ts';
import { ORDERS, SORTS } from './cursor.ts';
import { filterParameters, precisionParameter } from './filter.ts';
import { IncidentAnswer, IncidentList } from './listed-schema.ts';
import { RollupAnswer } from './rollup-schema.ts';
import { IncidentBatch, IncidentReport, ReportAnswer } from './schema.ts';

export const COLUMNS_TYPE = 'application/vnd.wangge.columns';

export const columns = createRoute({
  method: 'get',
  path: '/api/incidents/columns',
  tags: ['上报信息'],
  summary: '一段时间的上报信息，按列存放的二进制（IncidentColumns）',
  request: { query: z.object({ ...windowParameters, ...filterParameters }).strict() },
  responses: {
    200: {
      description: '格式见 geodata/src/incidents/encode.ts，以 WGIC 开头；按 occurred_at、id 排序',
      content: { [COLUMNS_TYPE]: { schema: z.string().openapi({ format: 'binary' }) } },
    },
    ...unchanged,
    ...problems(400, 503),
  },
});

export const ROLLUP_TYPE = 'application/vnd.wangge.rollup';

export const rollup = createRoute({
  method: 'get',
  path: '/api/rollup',
  tags: ['上报信息'],
  summary: '一段时间的汇总：网格 × 日 × 分类 × 类别 × 紧急程度 × 是否未办结',
  description: `默认 JSON；Accept: ${ROLLUP_TYPE} 或 format=columns 得到同样内容的二进制。每件恰好计一次，各单元之和等于件数。`,
  request: {
    query: z
      .object({
        ...areaParameter,
        ...windowParameters,
        ...filterParameters,
        format: z.enum(['json', 'columns']).optional().openapi({ description: '优先于 Accept' }),
      })
      .strict(),
  },
  responses: {
    200: {
      description: '汇总；二进制的格式见 geodata/src/incidents/encode-rollup.ts，以 WGRU 开头',
      content: {
        'application/json': { schema: RollupAnswer },
        [ROLLUP_TYPE]: { schema: z.string().openapi({ format: 'binary' }) },
      },
    },
    ...unchanged,
    ...problems(400, 404, 503),
  },
});

const MOST = 1000;

export const list = createRoute({
  method: 'get',
  path: '/api/incidents',
  tags: ['上报信息'],
  summary: '上报信息列表，按游标翻页',
  description: [
    '时间段按发生时间（occurred_at）选取。matched 是符合条件的总数，与总览、汇总的数字一致。',
    '翻页：把上一页的 next 原样作为 cursor，其余参数不变。游标是排序中的位置，翻页期间新来的上报不会使已有的重复或遗漏；按 state_at 排序时，期间状态有变化的会移到新的位置。',
  ].join('\n\n'),
  request: {
    query: z
      .object({
        ...areaParameter,
        ...windowParameters,
        ...filterParameters,
        ...precisionParameter,
        sort: z
          .enum(SORTS)
          .default('occurred_at')
          .openapi({ description: 'occurred_at 发生 · reported_at 上报 · state_at 状态时间' }),
        order: z.enum(ORDERS).default('desc').openapi({ description: 'desc 由新到旧 · asc 由旧到新；时间相同按 id' }),
        limit: z
          .string()
          .regex(/^\d{1,4}$/, `应是 1 到 ${MOST} 的整数`)
          .transform(Number)
          .refine((n) => n >= 1 && n <= MOST, `应是 1 到 ${MOST} 的整数`)
          .default(100)
          .openapi({ type: 'integer', minimum: 1, maximum: MOST, default: 100, description: '一页的件数' }),
        cursor: z.string().min(1).max(128).optional().openapi({ description: '上一页的 next' }),
      })
      .strict(),
  },
  responses: {
    200: { description: '一页', content: { 'application/json': { schema: IncidentList } } },
    ...unchanged,
    ...problems(400, 404, 503),
  },
});

export const one = createRoute({
  method: 'get',
  path: '/api/incidents/{id}',
  tags: ['上报信息'],
  summary: '一件上报信息：流转过程、当时和现在所在的网格、原始坐标',
  request: {
    params: z.object({ id: z.string().max(64).openapi({ description: '标识', example: '207000' }) }),
    query: z.object({}).strict(),
  },
  responses: {
    200: { description: '上报信息', content: { 'application/json': { schema: IncidentAnswer } } },
    ...unchanged,
    ...problems(400, 404, 503),
  },
});

/** A single report, or a batch of reports each of which is judged by itself. */
export const ReportBody = z.union([IncidentReport, IncidentBatch]);

export const report = createRoute({
  method: 'post',
  path: '/api/incidents',
  tags: ['上报信息'],
  summary: '上报一条，或一批（至多 5000 条）',
  description: [
    '键为 (source, external_id)：首次上报新建，再次上报更新状态、地点和其他写明的字段，没有写明的字段保持原样，内容相同则不写入。',
    '有 point 时必须写明坐标系 crs，由坐标决定网格；没有 point 时以写明的最小区域为准；两者都没有则地点不明，照样计入总数。',
    '批量时逐条给出结果：不能接受的逐字段说明原因，其余在同一事务中写入；同一批中同一键以最后一条为准，前面的被拒绝。',
    'state_at 早于已记录状态时间的状态变更会被拒绝，因此迟到的消息不会把状态改回去。时间精确到秒。',
  ].join('\n\n'),
  request: { body: { required: true, content: { 'application/json': { schema: ReportBody } } } },
  responses: {
    200: { description: '已更新或无变化；批量时总是 200', content: { 'application/json': { schema: ReportAnswer } } },
    201: { description: '已新建', content: { 'application/json': { schema: ReportAnswer } } },
    ...problems(400, 413, 415, 422, 503),
  },
});
