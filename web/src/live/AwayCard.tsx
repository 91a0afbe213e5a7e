import { Trans, useLingui } from '@lingui/react/macro';
import { URGENCIES } from '@wangge/geodata/incidents/incident';
import { useCallback } from 'react';
import { type AreaNode, nameOf } from '../divisions/areas.ts';
import { useCategoryName } from '../incidents/names.ts';
import { useAreaOf, usePlaceOf } from '../incidents/place.ts';
import { useIncidentWords } from '../incidents/words.ts';
import { useDesk } from '../situation/desk.ts';
import { Icon } from '../ui/Icon.tsx';
import css from './AwayCard.module.css';
import { mostChanged } from './look.ts';
import { type AwayNow, useAway } from './useAway.ts';

/** Pressing reports and areas that are named; of the others their number stands. */
const NAMED = 5;
const AREAS = 6;

/** What changed since this browser was last looked at, by township. */
export function useAwayByTownship(): ReturnType<typeof useAway> {
  const { county, held } = useDesk();
  const columns = held?.columns ?? null;
  const areaOf = useAreaOf(columns);
  const townshipOf = useCallback((row: number) => townshipIn(areaOf(row))?.code ?? null, [areaOf]);
  return useAway(columns, county.code, townshipOf);
}

/** 离开期间: new reports, what was closed, what is pressing, and where. */
export function AwayCard({ away, dismiss }: { away: AwayNow; dismiss: () => void }) {
  const { t } = useLingui();
  const { formats, go, tree, open } = useDesk();
  const { columns, fresh, closed, pressing, areas, from, to, lastId } = away;
  const words = useIncidentWords();
  const categoryName = useCategoryName();
  const placeOf = usePlaceOf(columns);
  const { count } = formats;
  const sameDay = formats.moment(new Date(from)).slice(0, 10) === formats.moment(new Date(to)).slice(0, 10);
  const until = sameDay ? formats.time(new Date(to)) : formats.moment(new Date(to)).slice(5);
  const named = mostChanged(areas, AREAS);
  return (
    <section className={css.card} aria-label={t`离开期间`}>
      <header className={css.head}>
        <h2>
          <Trans>离开期间</Trans>
        </h2>
        <span>
          <Trans>
            {formats.moment(new Date(from)).slice(5)} 至 {until}
          </Trans>
        </span>
        <button type="button" onClick={dismiss} aria-label={t`关闭离开期间`}>
          <Icon name="close" size={14} />
        </button>
      </header>
      <p>
        {fresh.total > 0
          ? t`新上报${count(fresh.total)}件：采集${count(fresh.collection)}，事件${count(fresh.event)}，矛盾纠纷${count(fresh.dispute)}；`
          : t`没有新上报；`}
        {t`此前未办结的已办结${count(closed)}件。`}
      </p>
      {pressing.length > 0 && (
        <ul className={css.pressing}>
          {pressing.slice(0, NAMED).map((row) => {
            const urgency = URGENCIES[columns.urgency[row]!]!;
            return (
              <li key={columns.id[row]}>
                <button type="button" onClick={() => go({ incident: columns.id[row]! })}>
                  <span data-urgency={urgency}>{words.urgency[urgency]}</span>
                  <b>{categoryName(columns.categories[columns.category[row]!]!)}</b>
                  <small>
                    {formats.time(new Date(columns.occurred_at[row]! * 1000))} {placeOf(row)}
                  </small>
                </button>
              </li>
            );
          })}
          {pressing.length > NAMED && (
            <li className={css.more}>
              <Trans>另有紧急、特急 {count(pressing.length - NAMED)} 件</Trans>
            </li>
          )}
        </ul>
      )}
      {named.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">
                <Trans>乡镇（街道）</Trans>
              </th>
              <th scope="col">
                <Trans>新上报</Trans>
              </th>
              <th scope="col">
                <Trans>办结</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {named.map(({ code, fresh, closed }) => {
              const area = tree.byCode.get(code);
              return (
                <tr key={code}>
                  <th scope="row">
                    <button type="button" onClick={() => open(code)}>
                      {area ? nameOf(area, formats.lang) : code}
                    </button>
                  </th>
                  <td>{count(fresh)}</td>
                  <td>{count(closed)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      <footer>
        {areas.length > named.length && (
          <span>
            <Trans>另有 {count(areas.length - named.length)} 个乡镇（街道）有变化</Trans>
          </span>
        )}
        {fresh.total > 0 && (
          <button type="button" onClick={() => go({ view: 'list', since: lastId, area: null })}>
            <Trans>以列表查看新上报</Trans>
          </button>
        )}
      </footer>
    </section>
  );
}

function townshipIn(area: AreaNode | undefined): AreaNode | null {
  for (let at: AreaNode | null = area ?? null; at !== null; at = at.parent) if (at.level === 'township') return at;
  return null;
}
