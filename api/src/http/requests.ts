/** What every request must keep to, and what every answer carries. */
import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { compress } from 'hono/compress';
import { invalidParameter, Problem } from './problem.ts';

declare module 'hono' {
  interface ContextVariableMap {
    /** In every problem and log line of a request. */
    traceId: string;
  }
}

/** A batch of 5,000 reports is about 3 MB. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;

/**
 * MapLibre starts its worker from a blob in some builds and draws images from blobs and data; Mantine writes style
 * elements at run time. Scripts come from our own origin only.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "font-src 'self' data:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Made here and never taken from the client, so that nobody writes into our log. */
export const traced: MiddlewareHandler = async (c, next) => {
  c.set('traceId', randomUUID());
  await next();
};

/** On every answer, whoever writes it. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

export const secured: MiddlewareHandler = async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) c.res.headers.set(name, value);
};

/** A parameter given twice means different things to different parsers, so it is refused. */
export const oneOfEach: MiddlewareHandler = async (c, next) => {
  for (const [name, values] of Object.entries(c.req.queries())) {
    if (values.length > 1) throw invalidParameter(name, '只能给一次');
    if (/[\p{Cc}\p{Cs}]/u.test(name + values[0])) throw invalidParameter(name, '含有控制字符');
  }
  await next();
};

/** For routes that take no parameter at all. */
export const refuseUnknownParameters: MiddlewareHandler = async (c, next) => {
  for (const name of Object.keys(c.req.query())) throw invalidParameter(name, '没有这个参数');
  await next();
};

export const limited: MiddlewareHandler = bodyLimit({
  maxSize: MAX_BODY_BYTES,
  onError: () => {
    throw new Problem('too-large', `请求体不得超过 ${MAX_BODY_BYTES / 1024 / 1024} MB，请分批发送。`);
  },
});

/** For answers that no cache holds; never for event streams, which must not be buffered. */
export const compressed: MiddlewareHandler = compress({
  contentTypeFilter: (type) => !type.startsWith('text/event-stream') && /json|^text\/|javascript|svg|xml/.test(type),
});
