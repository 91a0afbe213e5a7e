/**
 * OGC API – Features, Part 1: core, geojson, oas30. All links are absolute, since GDAL follows `next` only so; every
 * encoding asked for gets JSON, the only one there is.
 */
import { type Context, Hono } from 'hono';
import { centresCollection } from '../centres/collection.ts';
import type { Ground } from '../county/ground.ts';
import type { Models } from '../county/models.ts';
import { divisionsCollection } from '../divisions/collection.ts';
import { dwellingsCollection } from '../dwellings/collection.ts';
import { gridsCollection } from '../grids/collection.ts';
import { notModified, versioned, weakTag } from '../http/etag.ts';
import { versionFor } from '../http/position.ts';
import { Problem } from '../http/problem.ts';
import { incidentsCollection } from '../incidents/collection.ts';
import { staffingCollection } from '../staffing/collection.ts';
import { isTiled } from '../tiles/collections.ts';
import { matrixSetsLink, TILES_CONFORMANCE, tilesLink } from '../tiles/documents.ts';
import { tilePaths } from '../tiles/openapi.ts';
import type { Collection } from './collection.ts';
import {
  collectionPage,
  collectionsPage,
  conformancePage,
  GEOJSON_TYPE,
  itemsBytes,
  itemText,
  JSON_TYPE,
  type Link,
  landingPage,
  OPENAPI_TYPE,
} from './documents.ts';
import { noticesOf, rootOf } from './notices.ts';
import { openapiDocument } from './openapi.ts';
import { checkFormat, parseItemsQuery, refuseUnknown } from './query.ts';

/** The collections, in the order in which clients list them. */
export const collectionsOf = (models: Models): readonly Collection[] => [
  divisionsCollection(models),
  gridsCollection(models),
  staffingCollection(models),
  incidentsCollection(models),
  centresCollection(models),
  dwellingsCollection(models),
];

const linksOf = (root: string, { id }: Collection): readonly Link[] => (isTiled(id) ? [tilesLink(root, id)] : []);

export function ogcApi(models: Models): Hono {
  const collections = collectionsOf(models);
  const app = new Hono();
  /** A trailing slash is what OWSLib sends and what others write by hand. */
  const get = (path: string, handler: (c: Context) => Promise<Response>) => {
    app.get(path, handler);
    app.get(`${path}/`, handler);
  };
  const named = (c: Context): Collection => {
    const id = c.req.param('collectionId');
    const found = collections.find((collection) => collection.id === id);
    if (found) return found;
    throw new Problem('not-found', `没有数据集 ${id}；有：${collections.map((one) => one.id).join('、')}。`);
  };
  const plain = (c: Context) => {
    refuseUnknown(c.req.query(), ['f']);
    checkFormat(c.req.query('f'));
  };
  /** A document without a version of its own: it changes with the ground. */
  const document = async (c: Context, type: string, build: (ground: Ground) => object): Promise<Response> => {
    plain(c);
    const version = await versionFor(c, models);
    const tag = weakTag(version.ground);
    return await models.bodies.answer(c, new URL(c.req.url).href, tag, type, async () =>
      JSON.stringify(build(await models.ground(version))),
    );
  };

  get('/ogc', (c) =>
    document(c, JSON_TYPE, (ground) => landingPage(rootOf(c), noticesOf(ground), [matrixSetsLink(rootOf(c))])),
  );
  get('/ogc/conformance', (c) => document(c, JSON_TYPE, () => conformancePage(rootOf(c), TILES_CONFORMANCE)));
  get('/ogc/api', (c) => document(c, OPENAPI_TYPE, () => openapiDocument(rootOf(c), collections, tilePaths)));

  get('/ogc/collections', async (c) => {
    plain(c);
    const version = await versionFor(c, models);
    const tag = weakTag(version.ground, version.incidents, version.today);
    return await models.bodies.answer(c, new URL(c.req.url).href, tag, JSON_TYPE, async () => {
      const notices = noticesOf(await models.ground(version));
      const pages = await Promise.all(
        collections.map(async (one) =>
          collectionPage(rootOf(c), one, await one.extent(version), notices, linksOf(rootOf(c), one)),
        ),
      );
      return JSON.stringify(collectionsPage(rootOf(c), pages));
    });
  });

  get('/ogc/collections/:collectionId', async (c) => {
    const collection = named(c);
    plain(c);
    const version = await versionFor(c, models);
    return await models.bodies.answer(
      c,
      new URL(c.req.url).href,
      weakTag(collection.tag(version)),
      JSON_TYPE,
      async () => {
        const notices = noticesOf(await models.ground(version));
        return JSON.stringify(
          collectionPage(
            rootOf(c),
            collection,
            await collection.extent(version),
            notices,
            linksOf(rootOf(c), collection),
          ),
        );
      },
    );
  });

  get('/ogc/collections/:collectionId/items', async (c) => {
    const collection = named(c);
    const version = await versionFor(c, models);
    const query = parseItemsQuery(collection, c.req.query(), version.time_zone);
    const tag = weakTag(collection.tag(version));
    const build = async (): Promise<Uint8Array<ArrayBuffer>> => {
      const page = await collection.page(version, query);
      return itemsBytes(page, itemsLinks(c, collection, page.next), models.clock());
    };
    const whole = query.boxes === null && query.interval === null && query.filters.length === 0;
    if (collection.kept && whole)
      return await models.bodies.answer(c, new URL(c.req.url).href, tag, GEOJSON_TYPE, build);
    return notModified(c, tag) ?? c.body(await build(), 200, { ...versioned(tag), 'content-type': GEOJSON_TYPE });
  });

  get('/ogc/collections/:collectionId/items/:featureId', async (c) => {
    const collection = named(c);
    plain(c);
    const id = c.req.param('featureId')!;
    const version = await versionFor(c, models);
    const feature = await collection.item(version, id);
    if (feature === null) throw new Problem('not-found', `${collection.title}里没有 id 为 ${id} 的要素。`);
    const tag = weakTag(collection.tag(version));
    const text = itemText(rootOf(c), collection, id, feature);
    return notModified(c, tag) ?? c.body(text, 200, { ...versioned(tag), 'content-type': GEOJSON_TYPE });
  });
  return app;
}

function itemsLinks(c: Context, collection: Collection, next: string | null): Link[] {
  const url = new URL(c.req.url);
  const links: Link[] = [
    { href: url.href, rel: 'self', type: GEOJSON_TYPE, title: collection.title },
    { href: `${rootOf(c)}/collections/${collection.id}`, rel: 'collection', type: JSON_TYPE, title: collection.title },
  ];
  if (next !== null) {
    url.searchParams.delete('offset');
    url.searchParams.set('cursor', next);
    links.push({ href: url.href, rel: 'next', type: GEOJSON_TYPE, title: '下一页' });
  }
  return links;
}
