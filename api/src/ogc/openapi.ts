/**
 * The OpenAPI 3.0.3 document of `/ogc`, written from the collections. Clients take it at its word: GDAL sends as a filter
 * only what stands here as a parameter, QGIS pages by the default of `limit`.
 */
import { type Collection, DEFAULT_LIMIT, MAX_LIMIT, type Property } from './collection.ts';
import { GEOJSON_TYPE, JSON_TYPE, OPENAPI_TYPE } from './documents.ts';

export const ref = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` });

const SCHEMA_OF: Readonly<Record<Property['type'], object>> = {
  string: { type: 'string' },
  integer: { type: 'integer' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  date: { type: 'string', format: 'date' },
  'date-time': { type: 'string', format: 'date-time' },
};

const PARAMETERS = {
  limit: {
    name: 'limit',
    in: 'query',
    description: `一页的要素数；大于 ${MAX_LIMIT} 的按 ${MAX_LIMIT}`,
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: MAX_LIMIT, default: DEFAULT_LIMIT },
    style: 'form',
    explode: false,
  },
  bbox: {
    name: 'bbox',
    in: 'query',
    description: '西,南,东,北（CRS84，度）；西大于东表示跨越 180° 经线',
    required: false,
    schema: {
      type: 'array',
      oneOf: [
        { minItems: 4, maxItems: 4 },
        { minItems: 6, maxItems: 6 },
      ],
      minItems: 4,
      maxItems: 6,
      items: { type: 'number' },
    },
    style: 'form',
    explode: false,
  },
  datetime: {
    name: 'datetime',
    in: 'query',
    description: '时刻、日期或区间（RFC 3339），.. 表示不限；日期按县域时区',
    required: false,
    schema: { type: 'string' },
    style: 'form',
    explode: false,
  },
  cursor: {
    name: 'cursor',
    in: 'query',
    description: '上一页最后一个要素；照抄 next 链接',
    required: false,
    schema: { type: 'string' },
    style: 'form',
    explode: false,
  },
  offset: {
    name: 'offset',
    in: 'query',
    description: '跳过的要素数；翻页请用 next 链接',
    required: false,
    schema: { type: 'integer', minimum: 0, default: 0 },
    style: 'form',
    explode: false,
  },
  f: {
    name: 'f',
    in: 'query',
    description: '编码；只有 json',
    required: false,
    schema: { type: 'string', enum: ['json', 'geojson'] },
    style: 'form',
    explode: false,
  },
} as const;

const PROBLEM_TEXT: Readonly<Record<number, string>> = {
  400: '参数有误',
  404: '没有这个对象',
  500: '服务器内部错误',
  503: '暂时无法应答',
};

/** 200 with its content, 304, and the problems named. */
export const answers = (description: string, type: string, schema: object, ...problems: readonly number[]) => ({
  '200': { description, content: { [type]: { schema } } },
  '304': { description: '与客户端已有的版本相同' },
  ...Object.fromEntries(
    [...problems, 500, 503].map((status) => [
      String(status),
      {
        description: PROBLEM_TEXT[status],
        content: { 'application/problem+json': { schema: ref('schemas', 'problem') } },
      },
    ]),
  ),
});

export const get = (
  operationId: string,
  summary: string,
  parameters: readonly object[],
  responses: object,
  tag = 'OGC API – Features',
) => ({
  get: {
    operationId,
    summary,
    tags: [tag],
    parameters: [...parameters, ref('parameters', 'f')],
    responses,
  },
});

const featureSchema = (collection: Collection) => ({
  type: 'object',
  required: ['type', 'id', 'geometry', 'properties'],
  properties: {
    type: { type: 'string', enum: ['Feature'] },
    id: { type: 'string' },
    geometry: {
      type: 'object',
      nullable: true,
      required: ['type', 'coordinates'],
      properties: { type: { type: 'string', enum: [collection.geometry] }, coordinates: { type: 'array', items: {} } },
    },
    properties: {
      type: 'object',
      required: collection.properties.map((p) => p.name),
      properties: Object.fromEntries(
        collection.properties.map((p) => [
          p.name,
          { ...SCHEMA_OF[p.type], nullable: true, description: p.description },
        ]),
      ),
    },
    links: { type: 'array', items: ref('schemas', 'link') },
  },
});

const listSchema = (collection: Collection) => ({
  type: 'object',
  required: ['type', 'features'],
  properties: {
    type: { type: 'string', enum: ['FeatureCollection'] },
    numberMatched: { type: 'integer', minimum: 0 },
    numberReturned: { type: 'integer', minimum: 0 },
    timeStamp: { type: 'string', format: 'date-time' },
    links: { type: 'array', items: ref('schemas', 'link') },
    features: { type: 'array', items: ref('schemas', collection.id) },
  },
});

function pathsOf(collection: Collection): [string, object][] {
  const { id, title } = collection;
  const common = ['limit', 'bbox', 'datetime', 'cursor', 'offset'].map((name) => ref('parameters', name));
  const filters = collection.properties.map((p) => ({
    name: p.name,
    in: 'query',
    description: `${p.description}；等于`,
    required: false,
    schema: SCHEMA_OF[p.type],
    style: 'form',
    explode: false,
  }));
  const featureId = { name: 'featureId', in: 'path', required: true, schema: { type: 'string' } };
  return [
    [
      `/collections/${id}`,
      get(`describe_${id}`, `${title}：说明`, [], answers('数据集', JSON_TYPE, ref('schemas', 'collection'), 400)),
    ],
    [
      `/collections/${id}/items`,
      get(
        `items_${id}`,
        `${title}：要素`,
        [...common, ...filters],
        answers('要素', GEOJSON_TYPE, listSchema(collection), 400),
      ),
    ],
    [
      `/collections/${id}/items/{featureId}`,
      get(`item_${id}`, `${title}：一个要素`, [featureId], answers('要素', GEOJSON_TYPE, ref('schemas', id), 400, 404)),
    ],
  ];
}

/**
 * @param root absolute address of `/ogc`
 * @param more paths of what stands beside the features
 */
export const openapiDocument = (
  root: string,
  collections: readonly Collection[],
  more: readonly (readonly [path: string, item: object])[],
) => ({
  openapi: '3.0.3',
  info: { title: '网格 · OGC API', version: '1.0.0', description: '县域网格的空间数据集，只读。' },
  servers: [{ url: root }],
  tags: [{ name: 'OGC API – Features' }, { name: 'OGC API – Tiles' }],
  paths: Object.fromEntries<object>([
    ['/', get('landing', '入口', [], answers('入口', JSON_TYPE, { type: 'object' }, 400))],
    ['/api', get('api', '接口定义', [], answers('接口定义', OPENAPI_TYPE, { type: 'object' }, 400))],
    ['/conformance', get('conformance', '符合的规范', [], answers('符合的规范', JSON_TYPE, { type: 'object' }, 400))],
    ['/collections', get('collections', '数据集', [], answers('数据集', JSON_TYPE, { type: 'object' }, 400))],
    ...collections.flatMap(pathsOf),
    ...more,
  ]),
  components: {
    parameters: PARAMETERS,
    schemas: {
      link: {
        type: 'object',
        required: ['href', 'rel'],
        properties: {
          href: { type: 'string', format: 'uri' },
          rel: { type: 'string' },
          type: { type: 'string' },
          title: { type: 'string' },
        },
      },
      collection: {
        type: 'object',
        required: ['id', 'links'],
        properties: {
          id: { type: 'string' },
          title: { type: 'string' },
          description: { type: 'string' },
          extent: { type: 'object' },
          links: { type: 'array', items: ref('schemas', 'link') },
        },
      },
      problem: {
        type: 'object',
        required: ['type', 'title', 'status', 'detail', 'instance', 'errors', 'trace_id'],
        properties: {
          type: { type: 'string' },
          title: { type: 'string' },
          status: { type: 'integer' },
          detail: { type: 'string' },
          instance: { type: 'string' },
          errors: {
            type: 'array',
            items: { type: 'object', properties: { pointer: { type: 'string' }, detail: { type: 'string' } } },
          },
          trace_id: { type: 'string' },
        },
      },
      ...Object.fromEntries(collections.map((collection) => [collection.id, featureSchema(collection)])),
    },
  },
});
