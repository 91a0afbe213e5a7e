/** What `/api/rollup` answers as JSON. */
import { z } from '@hono/zod-openapi';
import { KINDS, URGENCIES } from '@wangge/geodata/incidents/incident';
import { Area } from '../county/schema.ts';

const indices = (of: string) => z.array(z.number().int().min(0)).openapi({ description: `${of}中的序号，从 0 起` });

export const RollupAnswer = z
  .object({
    as_of: z.number().int(),
    at: z.string().datetime({ offset: true }),
    area: Area,
    /** Half-open [from, to), instants. */
    window: z.object({ from: z.string(), to: z.string() }),
    total: z.number().int().min(0).openapi({ description: '全部 count 之和' }),
    places: z
      .array(z.object({ code: z.string(), level: z.enum(['county', 'township', 'village', 'grid']) }))
      .openapi({ description: '已知的最小区域：网格；只知道村、乡镇的列在村、乡镇下，地点不明的列在县下' }),
    days: z.array(z.string()).openapi({ description: '有上报的日期（县域时区），未列出的日期为 0 件' }),
    categories: z.array(z.string()),
    kinds: z.array(z.enum(KINDS)),
    urgencies: z.array(z.enum(URGENCIES)),
    cells: z
      .object({
        place: indices('places'),
        day: indices('days'),
        category: indices('categories'),
        kind: indices('kinds'),
        urgency: indices('urgencies'),
        open: z.array(z.number().int().min(0).max(1)).openapi({ description: '1：未办结的事件和矛盾纠纷' }),
        count: z.array(z.number().int().min(1)),
      })
      .openapi({ description: '按列存放，各列等长，第 i 个单元由各列的第 i 项组成；没有列出的组合为 0 件' }),
  })
  .openapi('Rollup');

export type RollupAnswer = z.infer<typeof RollupAnswer>;
