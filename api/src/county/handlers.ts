import { OpenAPIHono } from '@hono/zod-openapi';
import { filterKey } from '@wangge/geodata/incidents/filter';
import { refuseInvalid } from '../http/errors.ts';
import { weakTag } from '../http/etag.ts';
import { versionFor } from '../http/position.ts';
import { filterFrom } from '../incidents/filter.ts';
import { countyAnswer } from './answer.ts';
import type { Models } from './models.ts';
import { overview } from './overview.ts';
import * as routes from './routes.ts';
import { windowFrom } from './window.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

/** @param mapApprovalNo 审图号, where the county has one */
export const countyApi = (models: Models, mapApprovalNo: string | null) =>
  new OpenAPIHono({ defaultHook: refuseInvalid })
    .openapi(routes.county, async (c) => {
      const version = await versionFor(c, models);
      const tag = weakTag(version.ground, mapApprovalNo ? encodeURIComponent(mapApprovalNo) : '');
      return await models.bodies.answer(c, '/api/county', tag, JSON_TYPE, async () => {
        const [ground, tiling] = await Promise.all([models.ground(version), models.tiling(version)]);
        return JSON.stringify(countyAnswer(ground, tiling, mapApprovalNo));
      });
    })
    .openapi(routes.overview, async (c) => {
      const query = c.req.valid('query');
      const { area, by, from, to } = query;
      const version = await versionFor(c, models);
      const window = windowFrom({ from, to }, version.time_zone, models.clock());
      const filter = filterFrom(query, (await models.ground(version)).categoryCodes);
      // What the answer depends on: the window as it is meant today, and the day for which staff is counted.
      const tag = weakTag(version.ground, version.incidents, version.today, window.from, window.to);
      const key = `/api/overview ${area ?? ''} ${by ?? ''} ${from ?? ''} ${to ?? ''} ${filterKey(filter)}`;
      return await models.bodies.answer(c, key, tag, JSON_TYPE, async () => {
        const [ground, incidents] = await Promise.all([models.ground(version), models.incidents(version)]);
        return JSON.stringify(overview(ground, incidents, { area, by, window, filter, now: models.clock() }));
      });
    });
