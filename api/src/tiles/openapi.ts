/** What the OpenAPI 3.0 document of `/ogc` says of tiles; its paths stand under `/ogc`. */
import { JSON_TYPE } from '../ogc/documents.ts';
import { answers, get } from '../ogc/openapi.ts';
import { TILE_TYPE } from './answers.ts';
import { LAYERS, TILED } from './collections.ts';
import { selectionParameters } from './question.ts';

const TAG = 'OGC API – Tiles';

const inPath = (name: string, description: string) => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: { type: 'string', pattern: '^\\d+$' },
});

const SELECTION: Readonly<Record<string, string>> = {
  from: '起：一天（YYYY-MM-DD）或一个时刻；默认最近 30 天',
  to: '止：一天（含）或一个时刻（不含）；默认到今天为止',
  kind: 'collection · event · dispute，多个值用逗号分隔',
  category: '分类代码，多个值用逗号分隔',
  urgency: 'normal · urgent · critical，多个值用逗号分隔',
  state: '状态，多个值用逗号分隔',
  open: 'true：只要未办结的事件和矛盾纠纷；false：只要其余',
};

const document = (text: string) => answers(text, JSON_TYPE, { type: 'object' }, 400);

export const tilePaths: readonly (readonly [path: string, item: object])[] = [
  ['/tileMatrixSets', get('tile_matrix_sets', '瓦片矩阵集', [], document('瓦片矩阵集'), TAG)],
  [
    '/tileMatrixSets/WebMercatorQuad',
    get('tile_matrix_set', 'WebMercatorQuad 的定义', [], document('WebMercatorQuad'), TAG),
  ],
  ...TILED.flatMap((id): [string, object][] => {
    const { title } = LAYERS[id];
    return [
      [
        `/collections/${id}/tiles`,
        get(`tilesets_${id}`, `${title}：瓦片集`, [], answers('瓦片集', JSON_TYPE, { type: 'object' }, 400), TAG),
      ],
      [
        `/collections/${id}/tiles/WebMercatorQuad`,
        get(`tileset_${id}`, `${title}：瓦片集的说明`, [], answers('瓦片集', JSON_TYPE, { type: 'object' }, 400), TAG),
      ],
      [
        `/collections/${id}/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}`,
        get(
          `tile_${id}`,
          `${title}：矢量瓦片（先行后列）`,
          [
            inPath('tileMatrix', '级别'),
            inPath('tileRow', '行，从北数起'),
            inPath('tileCol', '列，从西数起'),
            ...selectionParameters(id).map((name) => ({
              name,
              in: 'query',
              required: false,
              description: SELECTION[name],
              schema: name === 'open' ? { type: 'string', enum: ['true', 'false'] } : { type: 'string' },
              style: 'form',
              explode: false,
            })),
          ],
          {
            ...answers('瓦片；as-of 头是数据所到的位置', TILE_TYPE, { type: 'string', format: 'binary' }, 400, 404),
            '204': { description: '瓦片是空的' },
          },
          TAG,
        ),
      ],
    ];
  }),
];
