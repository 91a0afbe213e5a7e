/** Clusters in space and time that an analysis of the demonstration year should find. All of harmless categories. */
import type { Dwelling, LonLat } from '../../county/county.ts';
import { localPlane } from '../../crs/plane.ts';
import type { CategoryCode } from './categories.ts';
import { SCATTER_M, type World } from './places.ts';

export interface PlantedCluster {
  readonly id: string;
  /** What is behind it, for the reader of the demonstration. */
  readonly story: string;
  readonly village_code: string;
  /** No report of the cluster lies farther from its centre. */
  readonly radius_m: number;
  /** Days from the anchor day to the first day, 0 or less; and how many days it lasts. */
  readonly first: number;
  readonly days: number;
  readonly category: CategoryCode;
  /** Events of the cluster, over and above what the village has anyway. They are among the 207,000. */
  readonly count: number;
}

export const PLANTED_CLUSTERS: readonly PlantedCluster[] = [
  {
    id: 'mingzhu-waste',
    story: '垃圾清运中断',
    village_code: '620622103001', // 明珠社区
    radius_m: 450,
    first: -160,
    days: 12,
    category: 'sanitation',
    count: 38,
  },
  {
    id: 'tumen-crossing',
    story: '路口施工绕行',
    village_code: '620622102200', // 土门村
    radius_m: 500,
    first: -47,
    days: 9,
    category: 'traffic',
    count: 26,
  },
  {
    id: 'fumin-water',
    story: '供水管网检修停水',
    village_code: '620622206216', // 富民新村
    radius_m: 500,
    first: -6,
    days: 7,
    category: 'livelihood',
    count: 32,
  },
  {
    id: 'haizi-ditch',
    story: '渠道垃圾堆积',
    village_code: '620622105208', // 海子村
    radius_m: 500,
    first: -233,
    days: 14,
    category: 'sanitation',
    count: 22,
  },
  {
    id: 'jiedong-stalls',
    story: '占道经营',
    village_code: '620622100003', // 街东社区
    radius_m: 400,
    first: -95,
    days: 10,
    category: 'urban_order',
    count: 34,
  },
  {
    id: 'sishui-lamps',
    story: '路灯集中报修',
    village_code: '620622101200', // 泗水村
    radius_m: 500,
    first: -301,
    days: 6,
    category: 'livelihood',
    count: 20,
  },
];

/**
 * Where a cluster lies: its centre is the village's dwelling with the most others so near that reports around them stay
 * within the radius (the one with the smallest id, where several have as many). Empty where the village has no dwelling.
 */
export function clusterSite(
  world: Pick<World, 'dwellings'>,
  cluster: PlantedCluster,
): { readonly centre: LonLat; readonly dwellings: readonly Dwelling[] } | null {
  const village = world.dwellings.filter((d) => d.village_code === cluster.village_code).sort((a, b) => a.id - b.id);
  const first = village[0];
  if (!first) return null;
  const plane = localPlane(...first.point);
  const points = village.map((d) => plane.forward(d.point));
  const near = (i: number): Dwelling[] =>
    village.filter((_, j) => {
      const [x, y] = points[i]!;
      const [u, v] = points[j]!;
      return Math.hypot(u - x, v - y) <= cluster.radius_m - SCATTER_M;
    });
  let best: { centre: LonLat; dwellings: readonly Dwelling[] } = { centre: first.point, dwellings: near(0) };
  for (let i = 1; i < village.length; i++) {
    const dwellings = near(i);
    if (dwellings.length > best.dwellings.length) best = { centre: village[i]!.point, dwellings };
  }
  return best;
}
