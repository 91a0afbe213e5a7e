/** How many reports of which kind and category a reporting year has. */
import type { Kind } from '../../incidents/incident.ts';
import { apportion } from '../apportion.ts';
import type { CategoryCode } from './categories.ts';

/** Facts: 上报信息 20.7 万条, 矛盾纠纷 4582 件, 化解率 98.9 %, which is 4,532 of them. */
export const REPORTS = 207_000;
export const DISPUTES = 4_582;
export const RESOLVED = 4_532;

/** 信息采集 is most of what a grid worker sends; its share is an assumption. */
const COLLECTIONS = 144_900;

/** The county's mean rate, reports an hour. */
export const PER_HOUR = REPORTS / 365 / 24;

export interface Line {
  readonly kind: Kind;
  readonly category: CategoryCode;
  /** Reports in the year. */
  readonly count: number;
}

// Shares are assumptions, in percent; they need not add up to 100.
const EVENT_SHARES: readonly (readonly [CategoryCode, number])[] = [
  ['public_order', 7],
  ['safety_fire', 14],
  ['traffic', 10],
  ['livelihood', 16],
  ['sanitation', 19],
  ['urban_order', 6],
  ['flood_disaster', 3.5],
  ['food_drug_market', 4],
  ['special_groups', 8],
  ['campus', 3],
  ['rail_line', 2.5],
  ['other', 7],
];
const COLLECTION_SHARES: readonly (readonly [CategoryCode, number])[] = [
  ['public_order', 10],
  ['safety_fire', 17],
  ['traffic', 4],
  ['livelihood', 17],
  ['sanitation', 8],
  ['urban_order', 2],
  ['flood_disaster', 3],
  ['food_drug_market', 5],
  ['special_groups', 22],
  ['campus', 3],
  ['rail_line', 1.5],
  ['other', 7.5],
];

const lines = (kind: Kind, total: number, shares: readonly (readonly [CategoryCode, number])[]): Line[] =>
  apportion(
    total,
    shares.map(([, share]) => share),
  ).map((count, i) => ({ kind, category: shares[i]![0], count }));

/** The year by kind and category; adds up to `REPORTS`. */
export const BUDGET: readonly Line[] = [
  { kind: 'dispute', category: 'dispute', count: DISPUTES },
  ...lines('event', REPORTS - DISPUTES - COLLECTIONS, EVENT_SHARES),
  ...lines('collection', COLLECTIONS, COLLECTION_SHARES),
];
