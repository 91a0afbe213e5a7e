import { useLingui } from '@lingui/react/macro';
import { ENDED } from '@wangge/geodata/incidents/incident';
import { useDesk } from '../situation/desk.ts';
import { useExports } from '../situation/useExports.ts';
import { CopyText } from '../ui/CopyText.tsx';
import { Paged } from '../ui/Paged.tsx';
import { reportsSentence } from './sentence.ts';
import { useLatest } from './useLatest.ts';
import css from './WallReports.module.css';

/** More than fit on any wall. */
const SHOWN = 24;

/** The newest reports for a screen that nobody scrolls; red only for 特急, open ones in strong type. */
export function WallReports() {
  const { t } = useLingui();
  const { node, periodWords } = useDesk();
  const { telling, cite } = useExports();
  const latest = useLatest(SHOWN);
  return (
    <Paged
      row={2.75}
      turning={false}
      heading={() => (
        <div className={css.head}>
          <h2>{t`最新上报`}</h2>
          <span>{periodWords}</span>
          {latest !== null && (
            <CopyText
              of={t`最新上报`}
              text={() => {
                const told = latest.map((report) => report.told);
                return cite(reportsSentence(telling, node, told, node.totals.reports.total), 'incidents');
              }}
            />
          )}
        </div>
      )}
      rows={(latest ?? []).map(({ id, told, urgency, kind, state, at }) => (
        <li key={id} className={css.row}>
          <time dateTime={at.toISOString()}>{told.at.slice(5)}</time>
          <span className={css.what}>
            {told.category}
            {urgency !== 'normal' && <i data-urgency={urgency}>{told.urgency}</i>}
          </span>
          <span className={css.state} data-open={kind !== 'collection' && !ENDED.has(state)}>
            {told.state}
          </span>
          <span className={css.place}>
            {told.place}
            {kind !== 'dispute' && ` · ${told.kind}`}
          </span>
        </li>
      ))}
    />
  );
}
