import { createRoute, z } from '@hono/zod-openapi';
import { windowParameters } from '../county/window.ts';
import { problems, unchanged } from '../http/problem.ts';
import { filterParameters } from '../incidents/filter.ts';
import { TILE_TYPE } from './answers.ts';
import { LAYERS, type TiledCollection } from './collections.ts';

export const SelectionQuery = z.object({ ...windowParameters, ...filterParameters }).strict();
const NoQuery = z.object({}).strict();

/** The query of a collection's tiles and of its TileJSON. */
export const queryOf = (id: TiledCollection) => (id === 'incidents' ? SelectionQuery : NoQuery);

const TileJson = z
  .object({
    tilejson: z.literal('3.0.0'),
    name: z.string(),
    description: z.string(),
    attribution: z.string().optional(),
    version: z.string(),
    scheme: z.literal('xyz'),
    tiles: z.array(z.string()),
    minzoom: z.number().int(),
    maxzoom: z.number().int(),
    bounds: z.array(z.number()).length(4),
    vector_layers: z.array(
      z.object({
        id: z.string(),
        description: z.string(),
        minzoom: z.number().int(),
        maxzoom: z.number().int(),
        fields: z.record(z.string(), z.string()),
      }),
    ),
  })
  .openapi('TileJson');

export const tileJsonOf = (id: TiledCollection) =>
  createRoute({
    method: 'get',
    path: `/tiles/${id}.json`,
    tags: ['矢量瓦片'],
    summary: `${LAYERS[id].title}：TileJSON`,
    request: { query: queryOf(id) },
    responses: {
      200: {
        description: 'TileJSON 3.0.0；带查询参数时，瓦片地址带同样的参数',
        content: { 'application/json': { schema: TileJson } },
      },
      ...unchanged,
      ...problems(400, 503),
    },
  });

const whole = (name: string, description: string) =>
  z.string().openapi({ param: { name, in: 'path' }, type: 'integer', description });

/** Describes the route; its address, whose last part ends in `.mvt`, is read by hand. */
export const tileOf = (id: TiledCollection) =>
  createRoute({
    method: 'get',
    path: `/tiles/${id}/{z}/{x}/{y}.mvt`,
    tags: ['矢量瓦片'],
    summary: `${LAYERS[id].title}：一块矢量瓦片`,
    description: `${LAYERS[id].description}实体标签只随瓦片的内容改变；as-of 头是数据所到的位置，可能比刚写入的晚几毫秒。`,
    request: {
      params: z.object({ z: whole('z', '级别'), x: whole('x', '列，从西数起'), y: whole('y', '行，从北数起') }),
      query: queryOf(id),
    },
    responses: {
      200: {
        description: 'Mapbox Vector Tile 2.1',
        content: { [TILE_TYPE]: { schema: z.string().openapi({ format: 'binary' }) } },
      },
      204: { description: '瓦片是空的' },
      ...unchanged,
      ...problems(400, 404, 503),
    },
  });
