import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useDesk } from '../situation/desk.ts';
import { Section } from '../ui/Section.tsx';
import { gridIncidentsQuery } from './queries.ts';
import css from './RecentReports.module.css';
import { ReportList } from './ReportList.tsx';

const FIRST = 12;

/** The reports of a grid in the period, newest first. */
export function RecentReports() {
  const { t } = useLingui();
  const { node, overview, formats, periodWords } = useDesk();
  const { from, to } = overview.window;
  const { data, isError, refetch } = useQuery(gridIncidentsQuery(node.code, from, to));
  const [all, setAll] = useState(false);
  const lines = (data?.features ?? [])
    .map(({ properties }) => ({ ...properties, at: new Date(properties.occurred_at) }))
    .sort((a, b) => b.at.getTime() - a.at.getTime() || b.id - a.id);
  const shown = all ? lines : lines.slice(0, FIRST);
  return (
    <Section title={t`最近上报`} note={data ? t`显示 ${shown.length} / ${data.numberMatched}` : periodWords}>
      {isError && !data && (
        <p className={css.none} role="alert">
          <Trans>上报列表没有载入。</Trans>{' '}
          <button type="button" onClick={() => void refetch()}>
            <Trans>重试</Trans>
          </button>
        </p>
      )}
      {data && lines.length === 0 && (
        <p className={css.none}>
          <Trans>{periodWords}没有上报。</Trans>
        </p>
      )}
      <ReportList lines={shown} />
      {lines.length > FIRST && (
        <button type="button" className={css.more} onClick={() => setAll(!all)}>
          {all ? t`收起` : t`显示全部 ${formats.count(lines.length)} 件`}
        </button>
      )}
    </Section>
  );
}
