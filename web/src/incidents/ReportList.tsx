import { ENDED, type Kind, type State, type Urgency } from '@wangge/geodata/incidents/incident';
import type { ReactNode } from 'react';
import { useDesk } from '../situation/desk.ts';
import { useCategoryName } from './names.ts';
import css from './ReportList.module.css';
import { useIncidentWords } from './words.ts';

export interface ReportLine {
  readonly id: number;
  readonly kind: Kind;
  readonly category: string;
  readonly urgency: Urgency;
  readonly state: State;
  readonly at: Date;
  readonly place?: ReactNode;
  /** It has come in while the page was looked at. */
  readonly isNew?: boolean;
}

/** Reports, a line each; red only for 特急, open ones in strong type. */
export function ReportList({ lines }: { lines: readonly ReportLine[] }) {
  const words = useIncidentWords();
  const { formats, go, view } = useDesk();
  const categoryName = useCategoryName();
  return (
    <ol className={css.list}>
      {lines.map((line) => (
        <li key={line.id} data-incident={line.id} data-new={line.isNew}>
          <time dateTime={line.at.toISOString()}>{formats.moment(line.at).slice(5)}</time>
          <span className={css.what}>
            <button
              type="button"
              className={css.open}
              aria-current={line.id === view.incident || undefined}
              onClick={() => go({ incident: line.id })}
            >
              {categoryName(line.category)}
            </button>
            {line.urgency !== 'normal' && (
              <span className={css.urgent} data-urgency={line.urgency}>
                {words.urgency[line.urgency]}
              </span>
            )}
            {line.kind !== 'dispute' && <small>{words.kind[line.kind]}</small>}
            {line.place && <span className={css.place}>{line.place}</span>}
          </span>
          <span className={css.state} data-open={line.kind !== 'collection' && !ENDED.has(line.state)}>
            {words.state[line.state]}
          </span>
        </li>
      ))}
    </ol>
  );
}
