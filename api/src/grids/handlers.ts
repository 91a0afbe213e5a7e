import { OpenAPIHono } from '@hono/zod-openapi';
import type { Models } from '../county/models.ts';
import { refuseInvalid } from '../http/errors.ts';
import { notModified, versioned, weakTag } from '../http/etag.ts';
import { versionFor } from '../http/position.ts';
import { locateAnswer } from './locate.ts';
import * as routes from './routes.ts';

export const gridsApi = (models: Models) =>
  new OpenAPIHono({ defaultHook: refuseInvalid }).openapi(routes.locate, async (c) => {
    const given = c.req.valid('query');
    const version = await versionFor(c, models);
    const tag = weakTag(version.ground);
    const held = notModified(c, tag);
    if (held) return held;
    const [ground, tiling] = await Promise.all([models.ground(version), models.tiling(version)]);
    return c.json(locateAnswer(ground, tiling, given), 200, versioned(tag));
  });
