/** What stands on the map, as one sentence: for screen readers, for paper, and for a telephone call. */
import type { I18n, MessageDescriptor } from '@lingui/core';
import { type IncidentFilter, NO_FILTER } from '@wangge/geodata/incidents/filter';
import type { Kind } from '@wangge/geodata/incidents/incident';
import type { AreaNode } from '../divisions/areas.ts';
import { nameOf } from '../divisions/areas.ts';
import type { Formats } from '../ui/format.ts';
import { coverageOf } from './measure.ts';

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
