/** The 202 综治中心: one of the county, one of each of the 20 township units, 181 of villages and communities. */
import type { Centre, Division, DivisionLevel, LonLat } from '../county/county.ts';
import { toDegrees, toLattice } from '../mesh/lattice.ts';
import { PLANE } from './frame.ts';

/**
 * Villages without a centre of their own. Derived, not reported: 202 centres less one of the county and 20 of townships
 * leave 181 for the 193 villages and communities. These twelve are the villages that bear the name of their township
 * (海子 for 海子滩), beside whose seat the township's centre stands; which ones they really are is not public.
 */
export const WITHOUT_CENTRE: readonly string[] = [
  '620622101200', // 泗水村
  '620622102200', // 土门村
  '620622104200', // 裴家营村
  '620622105208', // 海子村
  '620622106200', // 定宁村
  '620622108200', // 黑松驿村
  '620622110207', // 黄花滩村
  '620622111200', // 西靖村
  '620622112209', // 民权村
  '620622113200', // 直滩村
  '620622114200', // 古丰村
  '620622208200', // 十八里堡村
];

/** “枫桥式” centres: ten are reported, not which. Derived: all three levels, and the two model villages that are named. */
export const FENGQIAO: readonly string[] = [
  '620622',
  '620622001', // 古浪镇街道
  '620622102', // 土门镇
  '620622103', // 大靖镇
  '620622110', // 黄花滩镇
  '620622102001', // 众兴社区
  '620622103001', // 明珠社区
  '620622111205', // 感恩新村
  '620622206216', // 富民新村
  '620622207217', // 春晖新村
];

/** Metres east of the division's seat: county, street and town share one, and their centres are not in one house. */
const EAST_OF_SEAT: Readonly<Record<DivisionLevel, number>> = { county: -240, township: 0, village: 30 };

/**
 * @param divisions parents before children, each with its seat; that of a village is its office.
 * @throws Error where a division that has a centre has no seat.
 */
export function gulangCentres(divisions: readonly Division[]): Centre[] {
  const without = new Set(WITHOUT_CENTRE);
  const model = new Set(FENGQIAO);
  return divisions
    .filter((d) => !without.has(d.code))
    .map((d, i) => ({
      id: i + 1,
      name: `${d.short_name}综治中心`,
      level: d.level,
      division_code: d.code,
      fengqiao: model.has(d.code),
      point: east(seatOf(d), d.official ? EAST_OF_SEAT[d.level] : 240),
    }));
}

function seatOf(division: Division): LonLat {
  if (!division.seat) throw new Error(`division ${division.code}: seat is missing, its centre has no place`);
  return division.seat;
}

function east(point: LonLat, metres: number): LonLat {
  const [x, y] = PLANE.forward(point);
  const [lon, lat] = PLANE.inverse([x + metres, y]);
  return [toDegrees(toLattice(lon)), toDegrees(toLattice(lat))];
}
