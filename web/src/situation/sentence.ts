/** What stands on the map, as one sentence: for screen readers, for paper, and for a telephone call. */
import type { I18n, MessageDescriptor } from '@lingui/core';
import { type IncidentFilter, NO_FILTER } from '@wangge/geodata/incidents/filter';
import type { Kind } from '@wangge/geodata/incidents/incident';
import type { AreaNode } from '../divisions/areas.ts';
import { nameOf } from '../divisions/areas.ts';
import { clauses, listed, type Telling } from '../locales/say.ts';
import type { Formats } from '../ui/format.ts';
import type { Counted } from './basis.ts';
import { coverageOf, perThousandOf, staffOf } from './measure.ts';

/**
 * Every rate carries its numerator and denominator. `period` is the period in words, e.g. 近30天.
 * Descriptors are written out instead of through the macro, so that this file runs untransformed in tests.
 */
export function sentenceOf(
  i18n: I18n,
  node: AreaNode,
  period: string,
  formats: Formats,
  { kinds }: Pick<IncidentFilter, 'kinds'> = NO_FILTER,
): string {
  const { totals } = node;
  const { disputes, open, coverage, grids } = totals;
  const share = formats.percent(disputes.resolved, disputes.total);
  const values = {
    name: nameOf(node, i18n.locale),
    code: node.code,
    period,
    grids: grids.total,
    reports: formats.count(totals.reports.total),
    disputes: formats.count(disputes.total),
    resolved: formats.count(disputes.resolved),
    share: share ?? '',
    open: formats.count(open.total),
    of: formats.count(open.of),
    vacant: coverage.vacant,
    shared: coverage.shared,
    unknown: coverage.unknown,
  };
  const say = ({ id, message = '' }: MessageDescriptor) => i18n._(id, values, { message });
  const parts = [
    node.level === 'grid'
      ? say(
          /* i18n */ {
            id: 'sentence.grid',
            message: '{name}（{code}）：{period}上报{reports}件',
          },
        )
      : say(
          /* i18n */ {
            id: 'sentence.area',
            message: '{name}：{grids}个网格，{period}上报{reports}件',
          },
        ),
  ];
  // What a filter leaves out is not said to be none.
  const counted = (...words: readonly Kind[]) => kinds === null || words.some((kind) => kinds.includes(kind));
  if (counted('dispute'))
    parts.push(
      disputes.total === 0
        ? say(/* i18n */ { id: 'sentence.nodisputes', message: '，其中无矛盾纠纷' })
        : say(
            /* i18n */ {
              id: 'sentence.disputes',
              message: '，其中矛盾纠纷{disputes}件，化解{resolved}件（{share}）',
            },
          ),
    );
  if (counted('event', 'dispute'))
    parts.push(say(/* i18n */ { id: 'sentence.open', message: '；未办结{open}件（事件和矛盾纠纷共{of}件）' }));
  if (node.level === 'grid') {
    const words = {
      own: /* i18n */ { id: 'sentence.own', message: '；本格专职网格员在岗' },
      shared: /* i18n */ { id: 'sentence.shared', message: '；由他格网格员代管' },
      vacant: /* i18n */ { id: 'sentence.vacant', message: '；空岗' },
      unknown: /* i18n */ { id: 'sentence.unknown', message: '；无配备数据' },
    };
    parts.push(say(words[coverageOf(totals)]));
  } else if (coverage.unknown === grids.total) {
    parts.push(say(/* i18n */ { id: 'sentence.unknown', message: '；无配备数据' }));
  } else {
    parts.push(say(/* i18n */ { id: 'sentence.coverage', message: '；空岗{vacant}格，代管{shared}格' }));
    if (coverage.unknown > 0)
      parts.push(say(/* i18n */ { id: 'sentence.partlyunknown', message: '，{unknown}格无配备数据' }));
  }
  parts.push(say(/* i18n */ { id: 'sentence.end', message: '。' }));
  return parts.join('');
}

/** All figures of the area, every rate with its numerator and denominator. */
export function figuresSentence({ say, formats, period }: Telling, node: AreaNode): string {
  const { reports, disputes, open, staff, households, population, area_km2, grids } = node.totals;
  const { count } = formats;
  const perThousand = perThousandOf(node.totals);
  const values = {
    name: nameOf(node, formats.lang),
    code: node.code,
    period,
    grids: grids.total,
    reports: count(reports.total),
    collection: count(reports.collection),
    event: count(reports.event),
    dispute: count(reports.dispute),
    disputes: count(disputes.total),
    resolved: count(disputes.resolved),
    share: formats.percent(disputes.resolved, disputes.total) ?? '',
    open: count(open.total),
    of: count(open.of),
    openShare: formats.percent(open.total, open.of) ?? '',
    area: formats.area(area_km2),
    households: households === null ? '' : count(households),
    population: population === null ? '' : count(population),
    perThousand: perThousand === null ? '' : formats.rate(perThousand),
  };
  const parts = [
    say(
      /* i18n */ {
        id: 'sentence.reportsof',
        message: '{name}{period}上报{reports}件（信息采集{collection}件、事件{event}件、矛盾纠纷{dispute}件）',
      },
      values,
    ),
    disputes.total === 0
      ? say(/* i18n */ { id: 'sentence.nodispute', message: '无矛盾纠纷' })
      : say(
          /* i18n */ {
            id: 'sentence.resolvedof',
            message: '矛盾纠纷{disputes}件，化解{resolved}件（化解率{share}）',
          },
          values,
        ),
  ];
  if (open.of !== 0) {
    parts.push(
      say(/* i18n */ { id: 'sentence.openof', message: '事件和矛盾纠纷{of}件，未办结{open}件（{openShare}）' }, values),
    );
  }
  if (staff === null) parts.push(say(/* i18n */ { id: 'sentence.nostaff', message: '无网格员数据' }));
  else {
    parts.push(
      say(
        /* i18n */ {
          id: 'sentence.staffof',
          message: '网格员在岗{onPost}/{registered}人，其中专职{fullTimeOnPost}/{fullTime}人',
        },
        {
          onPost: count(staffOf(node.totals)!.onPost),
          registered: count(staffOf(node.totals)!.registered),
          fullTimeOnPost: count(staff.full_time_on_post),
          fullTime: count(staff.full_time),
        },
      ),
    );
  }
  if (households === null) parts.push(say(/* i18n */ { id: 'sentence.nodwellings', message: '无住户数据' }));
  else {
    parts.push(
      households === 0
        ? say(/* i18n */ { id: 'sentence.nohouseholds', message: '无常住户' })
        : say(
            /* i18n */ {
              id: 'sentence.householdsof',
              message: '常住{households}户{population}人，每千户上报{perThousand}件',
            },
            values,
          ),
    );
  }
  parts.push(say(/* i18n */ { id: 'sentence.areaof', message: '{grids}个网格，面积{area}平方公里' }, values));
  return clauses(say, parts) + say(/* i18n */ { id: 'sentence.end', message: '。' });
}

/** The classes of the legend: how many grids of the area are in each. `title`: measure and unit in words. */
export function legendSentence(
  { say, formats, period }: Telling,
  node: AreaNode,
  title: string,
  classes: readonly { readonly label: string; readonly count: number }[],
  counted: Counted,
): string {
  const parts = classes.map((c) => say(/* i18n */ { id: 'sentence.class', message: '{label}的{count}格' }, { ...c }));
  const values = {
    name: nameOf(node, formats.lang),
    period,
    title,
    grids: classes.reduce((sum, c) => sum + c.count, 0),
    parts: listed(say, parts),
  };
  // Posts are those of a day, not of the period.
  return counted === 'posts'
    ? say(/* i18n */ { id: 'sentence.classesnow', message: '{name}{title}，{grids}个网格中：{parts}。' }, values)
    : say(/* i18n */ { id: 'sentence.classes', message: '{name}{period}{title}，{grids}个网格中：{parts}。' }, values);
}
