import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useDesk } from '../situation/desk.ts';
import { Section } from '../ui/Section.tsx';
import { latestRows, lineOf } from './latest.ts';
import css from './RecentReports.module.css';
import { ReportList } from './ReportList.tsx';

const FIRST = 12;

/** The reports of a grid in the period, newest first. */
export function RecentReports() {
  const { t } = useLingui();
  const { rows, formats, periodWords } = useDesk();
  const [all, setAll] = useState(false);
  if (rows === null) return null;
  const lines = latestRows(rows, all ? rows.length : FIRST).map((row) => lineOf(rows, row));
  return (
    <Section title={t`最近上报`} note={t`显示 ${lines.length} / ${formats.count(rows.length)}`}>
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
