/** Words for what the address names. */
import { useLingui } from '@lingui/react/macro';
import type { CoverageClass } from '../map/contract.ts';
import type { Formats } from '../ui/format.ts';
import { dayOf } from './clock.ts';
import type { Comparison } from './comparison.ts';
import { useDesk } from './desk.ts';
import type { Layer } from './layer.ts';
import type { Measure } from './measure.ts';
import { daysOf, isWholeDays, type Period, spanOf, type Window } from './period.ts';
import type { Compared } from './useCompared.ts';

export interface Words {
  readonly measure: Record<Measure, string>;
  /** Full title of the measure for the legend. */
  readonly measureTitle: Record<Measure, string>;
  readonly measureUnit: Record<Measure, string>;
  /** What the measure is counted over. */
  readonly measureBasis: Record<Measure, string>;
  readonly layer: Record<Layer, string>;
  readonly period: Record<Period, string>;
  readonly coverage: Record<CoverageClass, string>;
  readonly coverageMeaning: Record<CoverageClass, string>;
  readonly gridClass: Record<'community' | 'rural' | 'special', string>;
  readonly workerKind: Record<'full_time' | 'stability' | 'auxiliary', string>;
}

export function useWords(): Words {
  const { t } = useLingui();
  return {
    measure: {
      reports: t`上报`,
      per1000: t`每千户`,
      open: t`未办结`,
      coverage: t`配备`,
      staff: t`人员`,
    },
    measureTitle: {
      reports: t`上报信息`,
      per1000: t`每千户上报`,
      open: t`未办结事件和矛盾纠纷`,
      coverage: t`专职网格员配备`,
      staff: t`在岗网格员`,
    },
    measureUnit: {
      reports: t`件/网格`,
      per1000: t`件/千户`,
      open: t`件/网格`,
      coverage: t`网格`,
      staff: t`人/网格`,
    },
    measureBasis: {
      reports: t`信息采集、事件和矛盾纠纷合计`,
      per1000: t`分母：网格常住户数；不足50户的网格不计算`,
      open: t`本期发生、至今未办结；不含信息采集`,
      coverage: t`每格应有一名专职网格员在岗；截至期末`,
      staff: t`专职、创稳、辅助在岗合计；截至期末`,
    },
    layer: {
      fill: t`网格着色`,
      heat: t`上报热力`,
      points: t`上报点位（近景）`,
      coverage: t`配备状态`,
      staffing: t`网格员驻点`,
      centres: t`综治中心`,
      dwellings: t`住户分布`,
      labels: t`地名`,
    },
    period: {
      today: t`今日`,
      duty: t`昨8时—今8时`,
      '7d': t`近7天`,
      '30d': t`近30天`,
      month: t`本月`,
      ytd: t`本年`,
      year: t`近一年`,
      custom: t`自选`,
    },
    coverage: {
      own: t`专职在岗`,
      shared: t`代管`,
      vacant: t`空岗`,
      unknown: t`无数据`,
    },
    coverageMeaning: {
      own: t`本格有专职网格员在岗`,
      shared: t`由他格专职网格员顶岗或代管`,
      vacant: t`没有专职网格员在岗`,
      unknown: t`未提供配备数据`,
    },
    gridClass: {
      community: t`社区网格`,
      rural: t`农村网格`,
      special: t`专属网格`,
    },
    workerKind: {
      full_time: t`专职网格员`,
      stability: t`创稳网格员`,
      auxiliary: t`网格辅助员`,
    },
  };
}

/** The window in words: the name of its period, else its days or hours, without the year that everybody is in. */
export function periodWordsOf(
  words: Words,
  period: Period,
  window: Window,
  formats: Formats,
  timeZone: string,
  now: number,
): string {
  if (period !== 'custom') return words.period[period];
  const text = isWholeDays(window, timeZone)
    ? formats.days(daysOf(window, timeZone))
    : formats.hours(spanOf(window, timeZone));
  const year = dayOf(now, timeZone).slice(0, 4);
  const own = dayOf(window.from, timeZone).startsWith(year) && dayOf(window.to - 1, timeZone).startsWith(year);
  return own && formats.lang !== 'en' ? text.replaceAll(`${year}年`, '') : text;
}

/** Words for comparing: their names, what they mean, and the window that is compared with. */
export function useComparisonWords(): {
  name: Record<Comparison, string>;
  meaning: Record<Comparison, string>;
  window: (compared: Compared) => string;
} {
  const { t } = useLingui();
  const { formats, county } = useDesk();
  return {
    name: { yoy: t`同比`, prev: t`环比` },
    meaning: {
      yoy: t`与上年同一时段相比；时段未完时，只比到相同时刻`,
      prev: t`与前一个等长时段相比；时段未完时，只比到相同时刻`,
    },
    window: ({ window }) => t`对比时段：${formats.hours(spanOf(window, county.time_zone))}`,
  };
}
