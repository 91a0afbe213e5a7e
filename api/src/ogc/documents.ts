/** The JSON documents of OGC API – Features around the items: landing page, conformance, collections. */
import type { Collection, Extent } from './collection.ts';

export interface Link {
  readonly href: string;
  readonly rel: string;
  readonly type: string;
  readonly title?: string;
  /** Whether `href` has places to fill in. */
  readonly templated?: true;
}

export const JSON_TYPE = 'application/json';
export const GEOJSON_TYPE = 'application/geo+json';
export const OPENAPI_TYPE = 'application/vnd.oai.openapi+json;version=3.0';

const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';

/** 1.0 addresses: the conformance suites and clients of today know no others. */
export const CONFORMANCE = ['core', 'geojson', 'oas30'].map(
  (name) => `http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/${name}`,
);

/** What a feature list or document may not leave unsaid, one line. */
export interface Notices {
  readonly title: string;
  readonly description: string;
  readonly attribution: string | null;
}

/**
 * @param root absolute address of `/ogc`, without a slash at its end
 * @param more links of what stands beside the features
 */
export const landingPage = (root: string, notices: Notices, more: readonly Link[]) => ({
  title: notices.title,
  description: notices.description,
  ...(notices.attribution ? { attribution: notices.attribution } : {}),
  links: [
    { href: root, rel: 'self', type: JSON_TYPE, title: '本页' },
    { href: `${root}/api`, rel: 'service-desc', type: OPENAPI_TYPE, title: '接口定义（OpenAPI 3.0）' },
    { href: `${root}/conformance`, rel: 'conformance', type: JSON_TYPE, title: '符合的规范' },
    { href: `${root}/collections`, rel: 'data', type: JSON_TYPE, title: '数据集' },
    ...more,
  ] satisfies Link[],
});

/** @param more classes that are not of OGC API – Features */
export const conformancePage = (root: string, more: readonly string[]) => ({
  links: [{ href: `${root}/conformance`, rel: 'self', type: JSON_TYPE }] satisfies Link[],
  conformsTo: [...CONFORMANCE, ...more],
});

/**
 * The description of a collection. `self` is the rel of its own address: `self` alone, `self` in a list too.
 * @param more links to what there is of it beside its items
 */
export const collectionPage = (
  root: string,
  collection: Collection,
  extent: Extent,
  notices: Notices,
  more: readonly Link[],
) => {
  const href = `${root}/collections/${collection.id}`;
  return {
    id: collection.id,
    title: collection.title,
    description: `${collection.description} ${notices.description}`,
    ...(notices.attribution ? { attribution: notices.attribution } : {}),
    itemType: 'feature',
    crs: [CRS84],
    storageCrs: CRS84,
    extent: {
      spatial: { bbox: [extent.bbox], crs: CRS84 },
      ...(extent.interval
        ? {
            temporal: {
              interval: [extent.interval],
              trs: 'http://www.opengis.net/def/uom/ISO-8601/0/Gregorian',
            },
          }
        : {}),
    },
    links: [
      { href, rel: 'self', type: JSON_TYPE, title: collection.title },
      { href: `${href}/items`, rel: 'items', type: GEOJSON_TYPE, title: collection.title },
      ...more,
    ] satisfies Link[],
  };
};

export const collectionsPage = (root: string, collections: readonly ReturnType<typeof collectionPage>[]) => ({
  links: [{ href: `${root}/collections`, rel: 'self', type: JSON_TYPE, title: '数据集' }] satisfies Link[],
  collections,
});

/** A feature with the links that an item must have; `feature` is its GeoJSON text. */
export function itemText(root: string, collection: Collection, id: string, feature: string): string {
  const links: Link[] = [
    { href: `${root}/collections/${collection.id}/items/${encodeURIComponent(id)}`, rel: 'self', type: GEOJSON_TYPE },
    { href: `${root}/collections/${collection.id}`, rel: 'collection', type: JSON_TYPE, title: collection.title },
  ];
  return `${feature.slice(0, -1)},"links":${JSON.stringify(links)}}`;
}

const COMMA = Buffer.from(',');

/** A page of features; they come as bytes, so the list is put together as bytes. */
export function itemsBytes(
  page: { readonly matched: number; readonly features: readonly Uint8Array[] },
  links: readonly Link[],
  at: Date,
): Uint8Array<ArrayBuffer> {
  const head = JSON.stringify({
    type: 'FeatureCollection',
    numberMatched: page.matched,
    numberReturned: page.features.length,
    timeStamp: at.toISOString(),
    links,
  });
  const parts: Uint8Array[] = [Buffer.from(`${head.slice(0, -1)},"features":[`)];
  page.features.forEach((feature, i) => {
    if (i > 0) parts.push(COMMA);
    parts.push(feature);
  });
  parts.push(Buffer.from(']}'));
  return Buffer.concat(parts);
}
