/** The whole API: what every request keeps to, and the nouns' routes. */
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Logger } from 'pino';
import { z } from 'zod';
import { zhCN } from 'zod/locales';
import { countyApi } from './county/handlers.ts';
import { openModels } from './county/models.ts';
import type { Database } from './db/database.ts';
import { gridsApi } from './grids/handlers.ts';
import { answerError } from './http/errors.ts';
import { answerFirst } from './http/first.ts';
import { healthApi } from './http/health.ts';
import { addReference } from './http/reference.ts';
import { compressed, limited, oneOfEach, secured, traced } from './http/requests.ts';
import { unknownAddress } from './http/unknown-address.ts';
import { incidentsApi } from './incidents/handlers.ts';
import { liveApi } from './live/handlers.ts';
import { Streams } from './live/streams.ts';
import { ogcApi } from './ogc/handlers.ts';
import { KeptPages } from './ogc/kept.ts';
import { MAX_STREAMS } from './settings.ts';
import { TileAnswers } from './tiles/answers.ts';
import { TileCache } from './tiles/cache.ts';
import { tilesApi } from './tiles/handlers.ts';
import { momentReader } from './tiles/moment.ts';

/** A few thousand tiles of a county, and those of some hundred windows and filters. */
const TILE_BYTES = 64 * 1024 * 1024;

export interface AppContext {
  readonly db: Database;
  readonly clock: () => Date;
  /** 审图号, where the county has one. */
  readonly mapApprovalNo: string | null;
  readonly log: Logger;
  /** Event streams at once; default 6,000. */
  readonly maxStreams?: number;
  /** Bytes of answers that are kept in memory; 0 keeps none, to measure what they cost. */
  readonly bodyBytes?: number;
}

// What a field is refused for is read by people who fill it in.
z.config(zhCN());

/** The API and what it does besides answering. */
export function createService(context: AppContext) {
  const models = openModels(context.db, context);
  const streams = new Streams({ models, limit: context.maxStreams ?? MAX_STREAMS });
  const base = new OpenAPIHono();
  base.onError(answerError(context.log));
  const cache = new TileCache(context.bodyBytes ?? TILE_BYTES);
  models.onIncidents((before, after, changed) => cache.incidentsChanged(before, after, changed));
  const tiles = new TileAnswers(cache, momentReader(models), context.clock);
  const pages = new KeptPages(models);
  base.use(pages.keep, traced, secured, compressed, oneOfEach, limited);
  const app = base
    .route('/', healthApi(models))
    .route('/', countyApi(models, context.mapApprovalNo))
    .route('/', gridsApi(models))
    .route('/', liveApi(models, streams))
    .route('/', incidentsApi(models));
  app.route('/', tilesApi(models, tiles));
  app.route('/', ogcApi(models));
  addReference(app);
  // Last, and as a route: an app that this one is mounted in would keep its own answer for what is not found.
  app.all('*', unknownAddress(app));
  answerFirst(app, (path, header) => pages.ready(path, header) ?? tiles.quick(path, header));
  return {
    app,
    models,
    /** Follows the database and feeds the event streams from here on. @returns how to stop; the streams end first */
    follow(): () => Promise<void> {
      const stop = models.follow();
      return async () => {
        streams.close();
        await stop();
      };
    },
  };
}

export const createApp = (context: AppContext) => createService(context).app;

/** For the typed client `hc<App>`. */
export type App = ReturnType<typeof createApp>;
