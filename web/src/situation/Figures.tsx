import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { useDesk } from './desk.ts';
import css from './Figures.module.css';
import { perThousandOf } from './measure.ts';

/** The figures of the area; every rate with its numerator and denominator, no data never as zero. */
export function Figures() {
  const { t } = useLingui();
  const { node, formats, periodWords } = useDesk();
  const { reports, disputes, open, staff, households, population, area_km2, centres } = node.totals;
  const { count } = formats;
  // English has no measure words: the label says what is counted.
  const unit = (word: string) => (formats.lang === 'en' ? '' : word);
  const none = <span className={css.none}>{t`无数据`}</span>;
  const share = formats.percent(disputes.resolved, disputes.total);
  const rate = perThousandOf(node.totals);
  const perThousand = rate === null ? null : formats.rate(rate);
  return (
    <dl className={css.figures}>
      <Figure
        label={t`上报信息`}
        hint={periodWords}
        value={count(reports.total)}
        unit={unit(t`件`)}
        note={t`采集${count(reports.collection)}，事件${count(reports.event)}，矛盾纠纷${count(reports.dispute)}`}
      />
      <Figure
        label={t`矛盾纠纷`}
        hint={periodWords}
        value={count(disputes.total)}
        unit={unit(t`件`)}
        note={
          share === null ? t`本期无矛盾纠纷` : t`化解${share}（${count(disputes.resolved)}/${count(disputes.total)}）`
        }
      />
      <Figure
        label={t`未办结`}
        value={count(open.total)}
        unit={`/${count(open.of)} ${unit(t`件`)}`}
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
  hint,
  value,
  unit,
  note,
}: {
  label: string;
  hint?: string;
  value: ReactNode;
  unit: string;
  note: string;
}) {
  return (
    <div className={css.figure}>
      <dt>
        {label}
        {hint && <span>{hint}</span>}
      </dt>
      <dd>
        <b>{value}</b> <span>{unit}</span>
        <small>{note}</small>
      </dd>
    </div>
  );
}
