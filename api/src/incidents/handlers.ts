import { OpenAPIHono } from '@hono/zod-openapi';
import { encodeColumns } from '@wangge/geodata/incidents/encode';
import { windowOf } from '@wangge/geodata/incidents/window';
import type { Models } from '../county/models.ts';
import { windowFrom } from '../county/window.ts';
import { refuseInvalid } from '../http/errors.ts';
import { weakTag } from '../http/etag.ts';
import { Problem } from '../http/problem.ts';
import { type Intake, takeReports } from './report.ts';
import * as routes from './routes.ts';
import { IncidentBatch, IncidentReport } from './schema.ts';

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
  return new OpenAPIHono({ defaultHook: refuseReport })
    .openapi(routes.columns, async (c) => {
      const { from, to } = c.req.valid('query');
      const version = await models.version();
      const window = windowFrom({ from, to }, version.time_zone, models.clock());
      // Divisions are part of the answer, so the ground is part of its version.
      const tag = weakTag(version.ground, version.incidents, window.from, window.to);
      const key = `/api/incidents/columns ${from ?? ''} ${to ?? ''}`;
      return await models.bodies.answer(c, key, tag, routes.COLUMNS_TYPE, async () => {
        const { columns, asOf } = await models.incidents(version);
        return encodeColumns(windowOf(columns, window.from, window.to), asOf);
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
    });
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
