/** The documents around tiles: TileJSON 3.0.0, and OGC API – Tiles 1.0 with its tile matrix set. */
import { MAX_ZOOM, WORLD_BBOX } from '@wangge/geodata/tiles/world';
import { JSON_TYPE, type Link, type Notices } from '../ogc/documents.ts';
import { TILE_TYPE } from './answers.ts';
import { LAYERS, type TiledCollection } from './collections.ts';

type Bbox = readonly [west: number, south: number, east: number, north: number];

const REL = 'http://www.opengis.net/def/rel/ogc/1.0';
const MATRIX_SET = 'http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad';
const CRS = 'http://www.opengis.net/def/crs/EPSG/0/3857';

export const TILES_CONFORMANCE = ['core', 'tileset', 'tilesets-list', 'geodata-tilesets', 'mvt'].map(
  (name) => `http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/${name}`,
);

/** Where a collection's page leads to its tiles. */
export const tilesLink = (root: string, id: TiledCollection): Link => ({
  href: `${root}/collections/${id}/tiles`,
  rel: `${REL}/tilesets-vector`,
  type: JSON_TYPE,
  title: `${LAYERS[id].title}：矢量瓦片`,
});

/** Where the landing page leads to the tile matrix sets. */
export const matrixSetsLink = (root: string): Link => ({
  href: `${root}/tileMatrixSets`,
  rel: `${REL}/tiling-schemes`,
  type: JSON_TYPE,
  title: '瓦片矩阵集',
});

/**
 * @param origin of the address as the client wrote it
 * @param query with its question mark, where the tiles are a choice of incidents
 */
export const tileJson = (origin: string, id: TiledCollection, query: string, bbox: Bbox, notices: Notices) => {
  const { title, description, fields } = LAYERS[id];
  return {
    tilejson: '3.0.0',
    name: `${notices.title} · ${title}`,
    description: `${description} ${notices.description}`,
    ...(notices.attribution ? { attribution: notices.attribution } : {}),
    version: '1.0.0',
    scheme: 'xyz',
    tiles: [`${origin}/tiles/${id}/{z}/{x}/{y}.mvt${query}`],
    minzoom: 0,
    maxzoom: MAX_ZOOM,
    bounds: bbox,
    vector_layers: [{ id, description, minzoom: 0, maxzoom: MAX_ZOOM, fields }],
  };
};

const tilesetItem = (root: string, id: TiledCollection, notices: Notices) => ({
  title: `${notices.title} · ${LAYERS[id].title}`,
  dataType: 'vector' as const,
  crs: CRS,
  tileMatrixSetURI: MATRIX_SET,
  links: [
    {
      href: `${root}/collections/${id}/tiles/WebMercatorQuad`,
      rel: 'self',
      type: JSON_TYPE,
      title: `${LAYERS[id].title}：WebMercatorQuad`,
    },
    {
      href: `${root}/tileMatrixSets/WebMercatorQuad`,
      rel: `${REL}/tiling-scheme`,
      type: JSON_TYPE,
      title: 'WebMercatorQuad',
    },
  ] satisfies Link[],
});

export const tilesetsPage = (root: string, id: TiledCollection, notices: Notices) => ({
  links: [
    { href: `${root}/collections/${id}/tiles`, rel: 'self', type: JSON_TYPE },
    { href: `${root}/collections/${id}`, rel: `${REL}/geodata`, type: JSON_TYPE, title: LAYERS[id].title },
  ] satisfies Link[],
  tilesets: [tilesetItem(root, id, notices)],
});

export const tilesetPage = (root: string, id: TiledCollection, bbox: Bbox, notices: Notices) => {
  const { title, description, geometry, fields } = LAYERS[id];
  const item = tilesetItem(root, id, notices);
  return {
    ...item,
    description: `${description} ${notices.description}`,
    ...(notices.attribution ? { attribution: notices.attribution } : {}),
    // Deeper tiles hold nothing that the deepest one does not.
    tileMatrixSetLimits: Array.from({ length: MAX_ZOOM + 1 }, (_, z) => ({
      tileMatrix: String(z),
      minTileRow: 0,
      maxTileRow: 2 ** z - 1,
      minTileCol: 0,
      maxTileCol: 2 ** z - 1,
    })),
    boundingBox: { lowerLeft: [bbox[0], bbox[1]], upperRight: [bbox[2], bbox[3]], crs: CRS84 },
    layers: [
      {
        id,
        title,
        dataType: 'vector',
        geometryDimension: geometry === 'points' ? 0 : 2,
        minTileMatrix: '0',
        maxTileMatrix: String(MAX_ZOOM),
        propertiesSchema: {
          type: 'object',
          properties: Object.fromEntries(Object.entries(fields).map(([name, told]) => [name, { description: told }])),
        },
      },
    ],
    links: [
      ...item.links,
      {
        href: `${root}/collections/${id}/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}`,
        rel: 'item',
        type: TILE_TYPE,
        title: '瓦片：先行后列',
        templated: true,
      },
      { href: `${root}/collections/${id}`, rel: `${REL}/geodata`, type: JSON_TYPE, title },
    ],
  };
};

const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';

const matrixSetItem = (root: string) => ({
  id: 'WebMercatorQuad',
  title: 'Google Maps Compatible for the World',
  uri: MATRIX_SET,
  crs: CRS,
  links: [{ href: `${root}/tileMatrixSets/WebMercatorQuad`, rel: 'self', type: JSON_TYPE }] satisfies Link[],
});

export const matrixSetsPage = (root: string) => ({
  links: [{ href: `${root}/tileMatrixSets`, rel: 'self', type: JSON_TYPE }] satisfies Link[],
  tileMatrixSets: [matrixSetItem(root)],
});

/** Half the side of the square world, metres of EPSG:3857. */
const HALF = Math.PI * 6378137;
/** Side of a pixel for which OGC states scales, metres. */
const PIXEL = 0.28e-3;

/** WebMercatorQuad as OGC's Two Dimensional Tile Matrix Set 2.0 has it, with its 25 levels. */
export const matrixSetPage = (root: string) => ({
  ...matrixSetItem(root),
  wellKnownScaleSet: 'http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible',
  orderedAxes: ['X', 'Y'],
  boundingBox: { lowerLeft: [WORLD_BBOX[0], WORLD_BBOX[1]], upperRight: [WORLD_BBOX[2], WORLD_BBOX[3]], crs: CRS84 },
  tileMatrices: Array.from({ length: 25 }, (_, z) => {
    const cellSize = (2 * HALF) / 256 / 2 ** z;
    return {
      id: String(z),
      scaleDenominator: cellSize / PIXEL,
      cellSize,
      cornerOfOrigin: 'topLeft',
      pointOfOrigin: [-HALF, HALF],
      matrixWidth: 2 ** z,
      matrixHeight: 2 ** z,
      tileWidth: 256,
      tileHeight: 256,
    };
  }),
});
