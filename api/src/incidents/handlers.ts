import { OpenAPIHono } from '@hono/zod-openapi';
import { encodeColumns } from '@wangge/geodata/incidents/encode';
import { filterKey, pickRows, rowFilter } from '@wangge/geodata/incidents/filter';
import { windowOf } from '@wangge/geodata/incidents/window';
import type { Context } from 'hono';
import { accepts } from 'hono/accepts';
import type { Models } from '../county/models.ts';
import { type WindowQuery, windowFrom } from '../county/window.ts';
import { refuseInvalid } from '../http/errors.ts';
import { notModified, versioned, weakTag } from '../http/etag.ts';
import { versionFor } from '../http/position.ts';
import { Problem } from '../http/problem.ts';
import { type FilterQuery, filterFrom, precisionsFrom } from './filter.ts';
import { listIncidents } from './list.ts';
import { incidentAnswer } from './one.ts';
import { type Intake, takeReports } from './report.ts';
import { rollupAnswer, rollupBytes } from './rollup.ts';
import * as routes from './routes.ts';
import { IncidentBatch, IncidentReport } from './schema.ts';

const JSON_ONLY = 'application/json';
const JSON_TYPE = `${JSON_ONLY}; charset=utf-8`;

export const incidentsApi = (models: Models) => {
  const intake: Intake = {
    db: models.db,
    clock: models.clock,
    surroundings: async () => {
      const version = await models.version();
      const [ground, tiling] = await Promise.all([models.ground(version), models.tiling(version)]);
      return { ground, tiling };
    },
    position: async () => (await models.version()).position,
  };
  /** What the questions about a stretch of time have in common; `key` names all of it for the cache. */
  const asked = async (c: Context, query: WindowQuery & FilterQuery & { readonly area?: string | undefined }) => {
    const version = await versionFor(c, models);
    const ground = await models.ground(version);
    const window = windowFrom(query, version.time_zone, models.clock());
    const filter = filterFrom(query, ground.categoryCodes);
    const key = `${query.area ?? ''} ${query.from ?? ''} ${query.to ?? ''} ${filterKey(filter)}`;
    return { version, ground, window, filter, key };
  };
  return (
    new OpenAPIHono({ defaultHook: refuseReport })
      .openapi(routes.columns, async (c) => {
        const { version, window, filter, key } = await asked(c, c.req.valid('query'));
        // Divisions are part of the answer, so the ground is part of its version.
        const tag = weakTag(version.ground, version.incidents, window.from, window.to);
        return await models.bodies.answer(c, `/api/incidents/columns ${key}`, tag, routes.COLUMNS_TYPE, async () => {
          const { columns, asOf } = await models.incidents(version);
          const rows = windowOf(columns, window.from, window.to);
          return encodeColumns(pickRows(rows, rowFilter(rows, filter)), asOf);
        });
      })
      .openapi(routes.rollup, async (c) => {
        const query = c.req.valid('query');
        const { version, ground, window, filter, key } = await asked(c, query);
        const accepted = accepts(c, {
          header: 'Accept',
          supports: [JSON_ONLY, routes.ROLLUP_TYPE],
          default: JSON_ONLY,
        });
        const binary = query.format === undefined ? accepted === routes.ROLLUP_TYPE : query.format === 'columns';
        const type = binary ? routes.ROLLUP_TYPE : JSON_TYPE;
        const tag = weakTag(version.ground, version.incidents, window.from, window.to, binary ? 'columns' : 'json');
        const question = { area: query.area, window, filter };
        const build = async () => {
          const incidents = await models.incidents(version);
          return binary
            ? rollupBytes(ground, incidents, question)
            : JSON.stringify(rollupAnswer(ground, incidents, question, models.clock()));
        };
        return await models.bodies.answer(c, `/api/rollup ${type} ${key}`, tag, type, build, { vary: 'Accept' });
      })
      .openapi(routes.list, async (c) => {
        const query = c.req.valid('query');
        const { area, sort, order, limit, cursor } = query;
        const { version, ground, window, filter, key } = await asked(c, query);
        const precisions = precisionsFrom(query);
        const tag = weakTag(version.ground, version.incidents, window.from, window.to);
        const whole = `/api/incidents ${key} ${precisions ?? ''} ${sort} ${order} ${limit} ${cursor ?? ''}`;
        return await models.bodies.answer(c, whole, tag, JSON_TYPE, async () => {
          const incidents = await models.incidents(version);
          const question = { area, window, filter, precisions, sort, order, limit, cursor };
          return JSON.stringify(await listIncidents(models.db, ground, incidents, question, models.clock()));
        });
      })
      .openapi(routes.report, async (c) => {
        const body: unknown = await c.req.json();
        if (isBatch(body)) return c.json(await takeReports(intake, body.incidents as unknown[]), 200);
        const answer = await takeReports(intake, [body]);
        const [fate] = answer.results;
        if (fate!.fate === 'refused') {
          const detail = fate!.errors.map((e) => `${e.pointer}：${e.detail}`).join('；');
          throw new Problem('refused', detail, fate!.errors);
        }
        return c.json(answer, fate!.fate === 'created' ? 201 : 200);
      })
      // After every route with a word in the place of the id.
      .openapi(routes.one, async (c) => {
        const { id } = c.req.valid('param');
        const version = await versionFor(c, models);
        const tag = weakTag(version.ground, version.incidents, id);
        const unchanged = notModified(c, tag);
        if (unchanged) return unchanged;
        const ground = await models.ground(version);
        const key = /^[1-9]\d{0,15}$/.test(id) ? Number(id) : Number.NaN;
        const answer = Number.isSafeInteger(key)
          ? await incidentAnswer(models.db, ground, version.position, key)
          : null;
        if (answer === null) throw new Problem('not-found', `没有 id 为 ${id} 的上报信息。`);
        return c.json(answer, 200, versioned(tag));
      })
  );
};

const isBatch = (body: unknown): body is { incidents: unknown } =>
  typeof body === 'object' && body !== null && 'incidents' in body;

/** The issues of a union name neither branch: says what is wrong with the one that was meant. */
const refuseReport: typeof refuseInvalid = async (result, c) => {
  if (!result.success && result.target === 'json') {
    const body: unknown = await c.req.json();
    const meant = (isBatch(body) ? IncidentBatch : IncidentReport).safeParse(body);
    if (meant.error) return refuseInvalid({ ...result, error: meant.error }, c);
  }
  return refuseInvalid(result, c);
};
