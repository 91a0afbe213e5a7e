/** Tiles in both forms: `/tiles` as MapLibre and TileJSON know them, and OGC API – Tiles. */
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Ground } from '../county/ground.ts';
import type { Models } from '../county/models.ts';
import type { Tiling } from '../grids/tiling.ts';
import { fieldErrors, refuseInvalid } from '../http/errors.ts';
import { weakTag } from '../http/etag.ts';
import { versionFor } from '../http/position.ts';
import { Problem } from '../http/problem.ts';
import { JSON_TYPE } from '../ogc/documents.ts';
import { noticesOf, rootOf } from '../ogc/notices.ts';
import { checkFormat, refuseUnknown } from '../ogc/query.ts';
import type { TileAnswers } from './answers.ts';
import { isTiled, TILED, type TiledCollection } from './collections.ts';
import { matrixSetPage, matrixSetsPage, tileJson, tilesetPage, tilesetsPage } from './documents.ts';
import { addressFrom, selectionFrom, selectionParameters } from './question.ts';
import * as routes from './routes.ts';

export function tilesApi(models: Models, answers: TileAnswers): OpenAPIHono {
  const app = new OpenAPIHono({ defaultHook: refuseInvalid });
  /** A document that changes with the ground. */
  const document = async (c: Context, build: (ground: Ground, tiling: Tiling) => object): Promise<Response> => {
    const version = await versionFor(c, models);
    const tag = weakTag(version.ground);
    return await models.bodies.answer(c, new URL(c.req.url).href, tag, JSON_TYPE, async () => {
      const [ground, tiling] = await Promise.all([models.ground(version), models.tiling(version)]);
      return JSON.stringify(build(ground, tiling));
    });
  };
  const named = (c: Context, name: string): TiledCollection => {
    const id = c.req.param(name);
    if (isTiled(id)) return id;
    throw new Problem('not-found', `${id} 没有瓦片；有：${TILED.join('、')}。`);
  };
  const tile = (
    id: TiledCollection,
    c: Context,
    address: readonly [z: string, x: string, y: string],
    names: readonly [string, string, string],
    also: readonly string[] = [],
  ): Promise<Response> => {
    const { z, x, y } = addressFrom(...address, names);
    refuseUnknown(c.req.query(), [...selectionParameters(id), ...also]);
    const query = Object.fromEntries(Object.entries(c.req.query()).filter(([name]) => !also.includes(name)));
    const parsed = routes.queryOf(id).safeParse(query);
    if (parsed.error) {
      const errors = fieldErrors(parsed.error, '?');
      throw new Problem('invalid-parameter', errors.map((e) => `${e.pointer}：${e.detail}`).join('；'), errors);
    }
    return answers.answer(
      (name) => c.req.header(name),
      (moment) => ({
        collection: id,
        z,
        x,
        y,
        selection: selectionFrom(id, query, moment, models.clock()),
      }),
    );
  };

  for (const id of TILED) {
    app.openapi(routes.tileJsonOf(id), async (c) => {
      const { origin, search } = new URL(c.req.url);
      // What the tiles would refuse is refused here.
      await answers.check(id, c.req.query());
      return (await document(c, (ground, tiling) =>
        tileJson(origin, id, search, tiling.bbox, noticesOf(ground)),
      )) as never;
    });
    app.openAPIRegistry.registerPath(routes.tileOf(id));
  }
  app.get('/tiles/:collection/:z/:x/:file{.+\\.mvt}', (c) =>
    tile(
      named(c, 'collection'),
      c,
      [c.req.param('z'), c.req.param('x'), c.req.param('file').slice(0, -'.mvt'.length)],
      ['z', 'x', 'y'],
    ),
  );

  const plain = (c: Context) => {
    refuseUnknown(c.req.query(), ['f']);
    checkFormat(c.req.query('f'));
  };
  /** A trailing slash is what OWSLib sends and what others write by hand. */
  const get = (path: string, handler: (c: Context) => Promise<Response>) => {
    for (const one of [path, `${path}/`]) app.get(one, handler);
  };
  get('/ogc/tileMatrixSets', async (c) => {
    plain(c);
    return await document(c, () => matrixSetsPage(rootOf(c)));
  });
  get('/ogc/tileMatrixSets/:tileMatrixSetId', async (c) => {
    plain(c);
    knownMatrixSet(c);
    return await document(c, () => matrixSetPage(rootOf(c)));
  });
  get('/ogc/collections/:collectionId/tiles', async (c) => {
    plain(c);
    const id = named(c, 'collectionId');
    return await document(c, (ground) => tilesetsPage(rootOf(c), id, noticesOf(ground)));
  });
  get('/ogc/collections/:collectionId/tiles/:tileMatrixSetId', async (c) => {
    plain(c);
    const id = named(c, 'collectionId');
    knownMatrixSet(c);
    return await document(c, (ground, tiling) => tilesetPage(rootOf(c), id, tiling.bbox, noticesOf(ground)));
  });
  get('/ogc/collections/:collectionId/tiles/:tileMatrixSetId/:tileMatrix/:tileRow/:tileCol', async (c) => {
    const id = named(c, 'collectionId');
    knownMatrixSet(c);
    const format = c.req.query('f');
    if (format !== undefined && format !== 'mvt') {
      throw new Problem('invalid-parameter', '参数 f：瓦片只有 mvt', [{ pointer: '?f', detail: '瓦片只有 mvt' }]);
    }
    const [z, row, column] = [c.req.param('tileMatrix')!, c.req.param('tileRow')!, c.req.param('tileCol')!];
    return await tile(id, c, [z, column, row], ['tileMatrix', 'tileCol', 'tileRow'], ['f']);
  });
  return app;
}

function knownMatrixSet(c: Context): void {
  const id = c.req.param('tileMatrixSetId');
  if (id !== 'WebMercatorQuad') throw new Problem('not-found', `没有瓦片矩阵集 ${id}；只有 WebMercatorQuad。`);
}
