import type { Category } from '../../county/county.ts';

/** Our starter dictionary; a county brings its own. Disputes are always in `dispute`, and nothing else is. */
export const CATEGORIES = [
  { code: 'dispute', name: '矛盾纠纷', name_en: 'Disputes' },
  { code: 'public_order', name: '治安隐患', name_en: 'Public order' },
  { code: 'safety_fire', name: '安全生产与消防', name_en: 'Work safety and fire' },
  { code: 'traffic', name: '道路交通', name_en: 'Road traffic' },
  { code: 'livelihood', name: '民生诉求', name_en: 'Livelihood requests' },
  { code: 'sanitation', name: '环境卫生', name_en: 'Sanitation' },
  { code: 'urban_order', name: '市容与违建', name_en: 'Street order and building' },
  { code: 'flood_disaster', name: '防汛防灾', name_en: 'Flood and disaster' },
  { code: 'food_drug_market', name: '食药与市场', name_en: 'Food, drugs and market' },
  { code: 'special_groups', name: '特殊群体服务', name_en: 'Services for special groups' },
  { code: 'campus', name: '校园周边', name_en: 'Around schools' },
  { code: 'rail_line', name: '护路护线', name_en: 'Rail and line protection' },
  { code: 'other', name: '其他', name_en: 'Other' },
] as const satisfies readonly Category[];

export type CategoryCode = (typeof CATEGORIES)[number]['code'];
