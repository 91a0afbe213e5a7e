import { useLingui } from '@lingui/react/macro';
import type { IncidentColumns } from '@wangge/geodata/incidents/columns';
import { isOpen } from '@wangge/geodata/incidents/incident';
import { useDesk } from '../situation/desk.ts';
import { useExports } from '../situation/useExports.ts';
import { CopyText } from '../ui/CopyText.tsx';
import { Paged } from '../ui/Paged.tsx';
import { latestRows, lineOf } from './latest.ts';
import { reportsSentence } from './sentence.ts';
import { useTold } from './useTold.ts';
import css from './WallReports.module.css';

/** More than fit on any wall. */
const SHOWN = 24;
/** As many as one reads in a message. */
const TOLD = 8;

/** The newest reports for a screen that nobody scrolls; red only for 特急, open ones in strong type. */
export function WallReports({ columns }: { columns: IncidentColumns }) {
  const { t } = useLingui();
  const { node, periodWords, go } = useDesk();
  const { telling, cite } = useExports();
  const told = useTold(columns);
  const rows = latestRows(columns, SHOWN);
  return (
    <Paged
      row={2.75}
      turning={false}
      heading={() => (
        <div className={css.head}>
          <h2>{t`最新上报`}</h2>
          <span>{periodWords}</span>
          <CopyText
            of={t`最新上报`}
            text={() =>
              cite(reportsSentence(telling, node, rows.slice(0, TOLD).map(told), columns.length), 'incidents')
            }
          />
        </div>
      )}
      rows={rows.map((row) => {
        const { id, kind, urgency, state, at } = lineOf(columns, row);
        const words = told(row);
        return (
          <li key={id} className={css.row}>
            <time dateTime={at.toISOString()}>{words.at.slice(5)}</time>
            <button type="button" className={css.what} onClick={() => go({ incident: id })}>
              {words.category}
              {urgency !== 'normal' && <i data-urgency={urgency}>{words.urgency}</i>}
            </button>
            <span className={css.state} data-open={isOpen(kind, state)}>
              {words.state}
            </span>
            <span className={css.place}>
              {words.place}
              {kind !== 'dispute' && ` · ${words.kind}`}
            </span>
          </li>
        );
      })}
    />
  );
}
