import { Trans, useLingui } from '@lingui/react/macro';
import type { IncidentColumns } from '@wangge/geodata/incidents/columns';
import { useState } from 'react';
import { useDesk } from '../situation/desk.ts';
import { useExports } from '../situation/useExports.ts';
import { CopyText } from '../ui/CopyText.tsx';
import { Section } from '../ui/Section.tsx';
import { latestRows, lineOf } from './latest.ts';
import css from './RecentReports.module.css';
import { ReportList } from './ReportList.tsx';
import { reportsSentence } from './sentence.ts';
import { useTold } from './useTold.ts';

const FIRST = 12;

/** The reports of a grid in the period, newest first. */
export function RecentReports() {
  const { rows } = useDesk();
  return rows && <Recent rows={rows} />;
}

function Recent({ rows }: { rows: IncidentColumns }) {
  const { t } = useLingui();
  const { node, formats, periodWords } = useDesk();
  const { telling, cite } = useExports();
  const told = useTold(rows);
  const [all, setAll] = useState(false);
  const lines = latestRows(rows, all ? rows.length : FIRST).map((row) => lineOf(rows, row));
  return (
    <Section
      title={t`最近上报`}
      note={t`显示 ${lines.length} / ${formats.count(rows.length)}`}
      actions={
        <CopyText
          of={t`最近上报`}
          text={() => cite(reportsSentence(telling, node, latestRows(rows, FIRST).map(told), rows.length), 'incidents')}
        />
      }
    >
      {lines.length === 0 && (
        <p className={css.none}>
          <Trans>{periodWords}没有上报。</Trans>
        </p>
      )}
      <ReportList lines={lines} />
      {rows.length > FIRST && (
        <button type="button" className={css.more} onClick={() => setAll(!all)}>
          {all ? t`收起` : t`显示全部 ${formats.count(rows.length)} 件`}
        </button>
      )}
    </Section>
  );
}
