import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { ENDED } from '@wangge/geodata/incidents/incident';
import { useState } from 'react';
import { useDesk } from '../situation/desk.ts';
import { Section } from '../ui/Section.tsx';
import { gridIncidentsQuery } from './queries.ts';
import css from './RecentReports.module.css';
import { useIncidentWords } from './words.ts';

const FIRST = 12;

/** The reports of a grid in the period, newest first. */
export function RecentReports() {
  const { t } = useLingui();
  const words = useIncidentWords();
  const { node, overview, county, formats, periodWords } = useDesk();
  const { from, to } = overview.window;
  const { data, isError, refetch } = useQuery(gridIncidentsQuery(node.code, from, to));
  const [all, setAll] = useState(false);
  const rows = (data?.features ?? [])
    .map((feature) => feature.properties)
    .sort((a, b) => Date.parse(b.occurred_at) - Date.parse(a.occurred_at) || b.id - a.id);
  const shown = all ? rows : rows.slice(0, FIRST);
  const categoryName = (code: string) => {
    const category = county.categories.find((c) => c.code === code);
    return category === undefined ? code : formats.lang === 'en' ? category.name_en : category.name;
  };
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
      {data && rows.length === 0 && (
        <p className={css.none}>
          <Trans>{periodWords}没有上报。</Trans>
        </p>
      )}
      <ol className={css.list}>
        {shown.map((row) => {
          const open = row.kind !== 'collection' && !ENDED.has(row.state);
          return (
            <li key={row.id}>
              <time dateTime={row.occurred_at}>{formats.moment(row.occurred_at).slice(5)}</time>
              <span className={css.what}>
                {categoryName(row.category)}
                {row.urgency !== 'normal' && (
                  <span className={css.urgent} data-urgency={row.urgency}>
                    {words.urgency[row.urgency]}
                  </span>
                )}
                <small>{words.kind[row.kind]}</small>
              </span>
              <span className={css.state} data-open={open}>
                {words.state[row.state]}
              </span>
            </li>
          );
        })}
      </ol>
      {rows.length > FIRST && (
        <button type="button" className={css.more} onClick={() => setAll(!all)}>
          {all ? t`收起` : t`显示全部 ${formats.count(rows.length)} 件`}
        </button>
      )}
    </Section>
  );
}
