/** The API's own description: `/api/openapi.json`, generated from the validating schemas, and `/api` for people. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import { BodyCache } from './body-cache.ts';
import { weakTag } from './etag.ts';
import { referencePage } from './reference-page.ts';
import { refuseUnknownParameters } from './requests.ts';

const INFO = {
  openapi: '3.1.0',
  info: {
    title: '网格 · 接口',
    version: '0.1.0',
    description: '空间数据集（网格、区划、配备、上报信息、综治中心、住户分布）在 /ogc，有自己的接口定义 /ogc/api。',
  },
} as const;

/** Adds the two routes; they describe what was added to the app before. */
export function addReference(app: OpenAPIHono): void {
  const bodies = new BodyCache(4 * 1024 * 1024);
  // One program, one description: it changes with the process only.
  const tag = weakTag(process.pid, Date.now());
  const document = () => app.getOpenAPI31Document(INFO, { sortComponents: 'alphabetically' });
  app.get('/api/openapi.json', refuseUnknownParameters, (c) =>
    bodies.answer(c, 'document', tag, 'application/json; charset=utf-8', async () => JSON.stringify(document())),
  );
  for (const path of ['/api', '/api/']) {
    app.get(path, refuseUnknownParameters, (c) =>
      bodies.answer(c, 'page', tag, 'text/html; charset=utf-8', async () => referencePage(document())),
    );
  }
}
