import { createRoute, z } from '@hono/zod-openapi';
import { windowParameters } from '../county/window.ts';
import { problems, unchanged } from '../http/problem.ts';
import { IncidentBatch, IncidentReport, ReportAnswer } from './schema.ts';

export const COLUMNS_TYPE = 'application/vnd.wangge.columns';

export const columns = createRoute({
  method: 'get',
  path: '/api/incidents/columns',
  tags: ['上报信息'],
  summary: '一段时间的上报信息，按列存放的二进制（IncidentColumns）',
  request: { query: z.object(windowParameters).strict() },
  responses: {
    200: {
      description: '格式见 geodata/src/incidents/encode.ts，以 WGIC 开头；按 occurred_at、id 排序',
      content: { [COLUMNS_TYPE]: { schema: z.string().openapi({ format: 'binary' }) } },
    },
    ...unchanged,
    ...problems(400, 503),
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
