import { createRoute, z } from '@hono/zod-openapi';
import { problems, unchanged } from '../http/problem.ts';
import { CoordinateSystem, LocateAnswer } from './schema.ts';

const degrees = (limit: number, description: string, example: string) =>
  z
    .string()
    .regex(/^[+-]?\d{1,3}(\.\d{1,20})?$/, '请写十进制度数，例如 102.8971')
    .transform(Number)
    .refine((n) => Math.abs(n) <= limit, `应在 -${limit} 到 ${limit} 之间`)
    .openapi({ type: 'number', description, example });

export const locate = createRoute({
  method: 'get',
  path: '/api/locate',
  tags: ['网格'],
  summary: '一个坐标所在的网格，以及纠正到 CGCS2000 的坐标',
  request: {
    query: z
      .object({
        lon: degrees(180, '经度，度', '102.8971'),
        lat: degrees(90, '纬度，度', '37.4651'),
        crs: CoordinateSystem.openapi({
          description: '坐标系，必填：4490（CGCS2000/WGS 84）、gcj02（高德、腾讯、手机）或 bd09（百度）',
        }),
      })
      .strict(),
  },
  responses: {
    200: { description: '网格；在县外时为 null', content: { 'application/json': { schema: LocateAnswer } } },
    ...unchanged,
    ...problems(400, 503),
  },
});
