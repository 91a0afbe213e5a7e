/** Problem details (RFC 9457): every error answer of the API, one stable type each. */
import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** Slug of the type URN → status and title. Types are a promise: add, never rename. */
const TYPES = {
  'invalid-parameter': [400, '参数有误'],
  'malformed-json': [400, '请求体不是有效的 JSON'],
  'bad-request': [400, '请求有误'],
  'unknown-address': [404, '没有这个地址'],
  'not-found': [404, '没有这个对象'],
  'method-not-allowed': [405, '不支持这种请求方法'],
  'too-old': [410, '已超出可补齐的范围'],
  'too-large': [413, '请求体过大'],
  'unsupported-media-type': [415, '不支持这种内容类型'],
  'invalid-body': [422, '请求内容有误'],
  refused: [422, '上报未被接受'],
  internal: [500, '服务器内部错误'],
  'database-unavailable': [503, '数据库暂时无法访问'],
  'query-cut': [503, '查询超时，已被中止'],
  'too-many-streams': [503, '实时连接数已达上限'],
  'no-county': [503, '尚未装入县域数据'],
} as const satisfies Record<string, readonly [ContentfulStatusCode, string]>;

export type ProblemType = keyof typeof TYPES;

export interface FieldError {
  /** JSON Pointer (RFC 6901) into the request body, or `?name` for a query parameter. */
  readonly pointer: string;
  readonly detail: string;
}

export const ProblemAnswer = z
  .object({
    type: z.string().openapi({ example: 'urn:wangge:problem:invalid-parameter' }),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    instance: z.string(),
    errors: z.array(
      z.object({
        pointer: z.string().openapi({ description: '请求体内的 JSON Pointer，或 ?参数名' }),
        detail: z.string(),
      }),
    ),
    trace_id: z.string(),
  })
  .openapi('Problem');

/** Thrown anywhere below a route; `detail` is a sentence that says what to do. */
export class Problem extends Error {
  override name = 'Problem';
  readonly status: ContentfulStatusCode;
  constructor(
    readonly type: ProblemType,
    readonly detail: string,
    readonly errors: readonly FieldError[] = [],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
    this.status = TYPES[type][0];
  }
}

/** 400 that names one query parameter. */
export const invalidParameter = (name: string, detail: string): Problem =>
  new Problem('invalid-parameter', `参数 ${name}：${detail}`, [{ pointer: `?${name}`, detail }]);

/** The response for a problem. */
export function problemResponse(c: Context, problem: Problem): Response {
  const [status, title] = TYPES[problem.type];
  const body = {
    type: `urn:wangge:problem:${problem.type}`,
    title,
    status,
    detail: problem.detail,
    instance: new URL(c.req.url).pathname,
    errors: problem.errors,
    trace_id: c.get('traceId') ?? '',
  };
  return c.body(JSON.stringify(body), status, {
    ...problem.headers,
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
  });
}

const answer = {
  description: '问题说明（RFC 9457）',
  content: { 'application/problem+json': { schema: ProblemAnswer } },
};

/** For `createRoute`: the error answers that a route can give. */
export const problems = <const S extends number>(...statuses: readonly S[]): Record<S, typeof answer> =>
  Object.fromEntries(statuses.map((status) => [status, answer])) as Record<S, typeof answer>;

/** For `createRoute`: the answer to a client that already holds the version. */
export const unchanged = { 304: { description: '与客户端已有的版本相同' } } as const;
