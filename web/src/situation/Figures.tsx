import { Trans, useLingui } from '@lingui/react/macro';
import type { Totals } from '@wangge/api/county/schema';
import type { ReactNode } from 'react';
import { changeOf, pointsOf } from './comparison.ts';
import { useDesk } from './desk.ts';
import css from './Figures.module.css';
import { perThousandOf } from './measure.ts';
import { useComparisonWords } from './words.ts';

/** The figures of the area; every rate with its numerator and denominator, no data never as zero. */
export function Figures() {
  const { t } = useLingui();
  const { node, formats, periodWords, filter, compared } = useDesk();
  const comparisons = useComparisonWords();
  const { reports, disputes, open, staff, households, population, area_km2, centres } = node.totals;
  const { count } = formats;
  // English has no measure words: the label says what is counted.
  const unit = (word: string) => (formats.lang === 'en' ? '' : word);
  const none = <span className={css.none}>{t`无数据`}</span>;
  const share = formats.percent(disputes.resolved, disputes.total);
  const rate = perThousandOf(node.totals);
  const perThousand = rate === null ? null : formats.rate(rate);
  const before = compared?.tree?.byCode.get(node.code)?.totals;
  /** How a figure has changed, where one compares; a filter that leaves none of it out of count has nothing to say. */
  const delta = (say: (before: Totals) => string): string | null => {
    if (compared === null || compared.state === 'waiting') return null;
    const name = comparisons.name[compared.by];
    return before === undefined ? `${name} ${t`无同期数据`}` : `${name} ${say(before)}`;
  };
  const change = (now: number, then: number): string => {
    const ratio = changeOf(now, then);
    return ratio === null ? t`前期为0` : t`${formats.change(ratio)}（前期${count(then)}）`;
  };
  const points = (then: Totals): string => {
    const moved = pointsOf(
      { part: disputes.resolved, of: disputes.total },
      { part: then.disputes.resolved, of: then.disputes.total },
    );
    return moved === null ? '' : t`，化解率${formats.points(moved)}个百分点`;
  };
  const disputesCount = filter.kinds === null || filter.kinds.includes('dispute');
  const openCounts = filter.kinds === null || filter.kinds.some((kind) => kind !== 'collection');
  const leftOut = <span className={css.none}>{t`已筛除`}</span>;
  return (
    <dl className={css.figures}>
      <Figure
        label={t`上报信息`}
        value={count(reports.total)}
        unit={unit(t`件`)}
        delta={delta((then) => change(reports.total, then.reports.total))}
        note={t`采集${count(reports.collection)}，事件${count(reports.event)}，矛盾纠纷${count(reports.dispute)}`}
      />
      <Figure
        label={t`矛盾纠纷`}
        value={disputesCount ? count(disputes.total) : leftOut}
        unit={disputesCount ? unit(t`件`) : ''}
        delta={disputesCount ? delta((then) => change(disputes.total, then.disputes.total) + points(then)) : null}
        note={
          !disputesCount
            ? t`筛选中不含矛盾纠纷`
            : share === null
              ? t`本期无矛盾纠纷`
              : t`化解${share}（${count(disputes.resolved)}/${count(disputes.total)}）`
        }
      />
      <Figure
        label={t`未办结`}
        value={openCounts ? count(open.total) : leftOut}
        unit={openCounts ? `/${count(open.of)} ${unit(t`件`)}` : ''}
        note={t`事件和矛盾纠纷`}
      />
      <Figure
        label={t`专职在岗`}
        value={staff === null ? none : count(staff.full_time_on_post)}
        unit={staff === null ? '' : `/${count(staff.full_time)} ${unit(t`人`)}`}
        note={
          staff === null
            ? t`未提供人员数据`
            : t`创稳${staff.stability_on_post}/${staff.stability}，辅助${staff.auxiliary_on_post}/${staff.auxiliary}`
        }
      />
      <Figure
        label={t`常住户数`}
        value={households === null ? none : count(households)}
        unit={households === null ? '' : unit(t`户`)}
        note={
          population === null
            ? t`未提供住户数据`
            : perThousand === null
              ? t`人口${count(population)}人`
              : t`人口${count(population)}人；上报${perThousand}件/千户`
        }
      />
      <Figure
        label={t`面积`}
        value={formats.area(area_km2)}
        unit="km²"
        note={node.level === 'grid' ? t`按网格界线量算` : t`综治中心${count(centres)}个`}
      />
      <div className="sr">
        <Trans>以上为{periodWords}数据。</Trans>
      </div>
    </dl>
  );
}

function Figure({
  label,
  value,
  unit,
  note,
  delta = null,
}: {
  label: string;
  value: ReactNode;
  unit: string;
  note: string;
  delta?: string | null;
}) {
  return (
    <div className={css.figure}>
      <dt>{label}</dt>
      <dd>
        <b>{value}</b> <span>{unit}</span>
        {delta !== null && <small className={css.delta}>{delta}</small>}
        <small>{note}</small>
      </dd>
    </div>
  );
}
