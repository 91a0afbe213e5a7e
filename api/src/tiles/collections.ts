/** The collections that are served as tiles, and what their layer holds; a layer is named as its collection. */
import { DWELLING_KEYS } from '@wangge/geodata/tiles/dwelling-tile';
import { GRID_KEYS } from '@wangge/geodata/tiles/grid-tile';
import { INCIDENT_KEYS } from '@wangge/geodata/tiles/incident-tile';

export const TILED = ['grids', 'incidents', 'dwellings'] as const;
export type TiledCollection = (typeof TILED)[number];

export const isTiled = (id: string | undefined): id is TiledCollection => TILED.some((one) => one === id);

export interface TiledLayer {
  readonly title: string;
  readonly description: string;
  readonly geometry: 'points' | 'polygons';
  readonly fields: Readonly<Record<string, string>>;
}

const fields = <const K extends string>(_: readonly K[], told: Readonly<Record<K, string>>): Record<string, string> =>
  told;

const BINNED = '点数过多的瓦片按 128×128 个方格合计（仍然过多时按 64×64），此时 binned 为 true。';

export const LAYERS: Readonly<Record<TiledCollection, TiledLayer>> = {
  grids: {
    title: '网格',
    description: '现行版次的网格；相邻网格的公共边界逐点相同。要素 id 是网格的恒定标识。',
    geometry: 'polygons',
    fields: fields(GRID_KEYS, {
      code: '网格编码',
      name: '名称',
      class: 'community 社区网格 · rural 农村网格 · special 专属网格',
      township_code: '编码所在的乡镇',
      village_code: '所在的村（社区）',
      managing_township_code: '管理该网格的乡镇（街道），不一定是编码的前缀',
      households: '常住户数；没有住户分布数据时没有此项',
      population: '常住人口；没有住户分布数据时没有此项',
      area_km2: '椭球面积，平方公里',
      coverage: '今天：own 专人在岗 · shared 代管兼管 · vacant 空岗 · unknown 无数据',
      synthetic: '是否演示数据',
    }),
  },
  incidents: {
    title: '上报信息',
    description: `有坐标的上报信息；没有坐标的不在任何瓦片里。要素 id 是上报信息的标识。${BINNED}`,
    geometry: 'points',
    fields: fields(INCIDENT_KEYS, {
      kind: 'collection 信息采集 · event 事件 · dispute 矛盾纠纷',
      category: '分类代码，见本县分类字典',
      urgency: 'normal 一般 · urgent 紧急 · critical 特急；方格里是最高的',
      state: '状态',
      occurred_at: '发生时间，1970 年起的秒数',
      synthetic: '是否演示数据',
      binned: 'true：这是一个方格的合计，不是一条上报信息',
      count: '方格里的件数，只有方格有',
      weight: '方格里事件和矛盾纠纷的件数（热力的权重），只有方格有',
    }),
  },
  dwellings: {
    title: '住户分布',
    description: `居民点或村民小组、楼栋的户数和人口合计，不含住户信息。${BINNED}`,
    geometry: 'points',
    fields: fields(DWELLING_KEYS, {
      households: '常住户数',
      population: '常住人口',
      synthetic: '是否演示数据',
      binned: 'true：这是一个方格的合计',
      count: '方格里的居民点数，只有方格有',
    }),
  },
};
