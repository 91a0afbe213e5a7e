/** From whatever was thrown to a problem: nothing of the inside (stack, SQL) reaches the client, all of it the log. */
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Logger } from 'pino';
import type { ZodError } from 'zod';
import { DatabaseError } from '../db/database.ts';
import { type FieldError, Problem, type ProblemType, problemResponse } from './problem.ts';

/** SQLSTATE classes and codes in which the database is away or gave up, rather than the statement being wrong. */
const AWAY = /^(08|40|53|57P0)/;

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof DatabaseError) {
    if (error.code === '57014') {
      return new Problem('query-cut', '这次查询用时过长，已被中止。请缩小范围后重试。', [], { 'retry-after': '5' });
    }
    if (error.code !== null && AWAY.test(error.code)) {
      return new Problem('database-unavailable', '数据库暂时没有应答，请稍后重试。', [], { 'retry-after': '5' });
    }
  }
  if (error instanceof HTTPException) return ofHttpException(error);
  return new Problem('internal', '服务器出现意外错误，请把 trace_id 告诉系统管理员。');
}

function ofHttpException(error: HTTPException): Problem {
  const known: Record<number, [ProblemType, string]> = {
    400: ['malformed-json', '请求体必须是有效的 JSON（UTF-8）。'],
    413: ['too-large', '请求体超过上限，请分批发送。'],
    415: ['unsupported-media-type', '请求体请用 Content-Type: application/json 发送。'],
  };
  const found = known[error.status];
  if (found) return new Problem(...found);
  return new Problem(error.status < 500 ? 'bad-request' : 'internal', '请求无法处理。');
}

/** `app.onError`. */
export const answerError =
  (log: Logger) =>
  (error: Error, c: Context): Response => {
    const problem = problemOf(error);
    if (problem.status >= 500) {
      log.error({ err: error, trace_id: c.get('traceId'), method: c.req.method, path: c.req.path }, problem.detail);
    }
    return problemResponse(c, problem);
  };

/** Zod's issues as field errors. `prefix` is `?` for parameters, `/` for a body (JSON Pointer). */
export function fieldErrors(error: ZodError, prefix: '?' | '/'): FieldError[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map((step) => String(step).replaceAll('~', '~0').replaceAll('/', '~1'));
    const pointerTo = (steps: readonly string[]) => (prefix === '?' ? `?${steps.join('.')}` : `/${steps.join('/')}`);
    if (issue.code === 'unrecognized_keys') {
      const detail = prefix === '?' ? '没有这个参数' : '没有这个字段';
      return issue.keys.map((key) => ({ pointer: pointerTo([...path, key]), detail }));
    }
    return [{ pointer: path.length === 0 && prefix === '/' ? '' : pointerTo(path), detail: issue.message }];
  });
}

/** The default hook of every `OpenAPIHono`: refused input becomes a problem that names the fields. */
export const refuseInvalid = async (
  result: { readonly success: boolean; readonly target: string; readonly error?: unknown },
  _c: Context,
): Promise<void> => {
  if (result.success) return;
  const inBody = result.target === 'json';
  const errors = fieldErrors(result.error as ZodError, inBody ? '/' : '?');
  const detail = errors.map((e) => `${e.pointer}：${e.detail}`).join('；');
  throw new Problem(inBody ? 'invalid-body' : 'invalid-parameter', detail, errors);
};
