import type { Tiling } from '../grids/tiling.ts';
import type { Ground } from './ground.ts';
import type { CountyAnswer } from './schema.ts';

/** Principle 10: on every feature, screen, image, print and export of a demonstration. */
export const DEMONSTRATION_NOTICE = '演示数据·非真实情况';
export const BOUNDARY_NOTICE = '示意图，网格界线不作为行政区域划界依据';

/** Demonstration counties are built on open data that asks to be named. */
export const DEMONSTRATION_ATTRIBUTIONS = ['乡镇驻地坐标：Vonng/adcode，CC BY 4.0'];

export function countyAnswer(ground: Ground, tiling: Tiling, mapApprovalNo: string | null): CountyAnswer {
  const { county } = ground;
  return {
    code: county.code,
    name: county.name,
    name_en: county.name_en,
    time_zone: county.time_zone,
    code_scheme: county.code_scheme,
    source_line: county.source_line,
    origin: county.origin,
    demonstration_notice: ground.synthetic ? DEMONSTRATION_NOTICE : null,
    boundary_notice: BOUNDARY_NOTICE,
    map_approval_no: mapApprovalNo,
    anchor_day: county.anchor_day,
    edition: { n: county.edition, effective_on: county.effective_on },
    categories: county.categories.map(({ code, name, name_en }) => ({ code, name, name_en })),
    bbox: [...tiling.bbox],
    attributions: ground.synthetic ? DEMONSTRATION_ATTRIBUTIONS : [],
  };
}
