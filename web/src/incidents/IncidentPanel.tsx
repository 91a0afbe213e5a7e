import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { IncidentAnswer } from '@wangge/api/incidents/listed-schema';
import type { IncidentColumns } from '@wangge/geodata/incidents/columns';
import {
  ENDED,
  KINDS,
  type Kind,
  STATES,
  type State,
  URGENCIES,
  type Urgency,
} from '@wangge/geodata/incidents/incident';
import { type ReactNode, useCallback, useEffect, useRef } from 'react';
import { type AreaNode, nameOf, pathOf } from '../divisions/areas.ts';
import type { Applied } from '../live/live.ts';
import { useApplied } from '../live/page.ts';
import { useDesk } from '../situation/desk.ts';
import { Icon } from '../ui/Icon.tsx';
import { ApiError } from '../ui/request.ts';
import { Section } from '../ui/Section.tsx';
import css from './IncidentPanel.module.css';
import { IncidentSheet } from './IncidentSheet.tsx';
import { incidentQuery } from './incident.ts';
import { useCategoryName } from './names.ts';
import { Trail } from './Trail.tsx';
import { useIncidentWords } from './words.ts';

/** What the columns hold of an incident: enough to begin with. */
interface Known {
  readonly kind: Kind;
  readonly category: string;
  readonly urgency: Urgency;
  readonly state: State;
  readonly occurred_at: string;
}

const CRS_NAMES = { gcj02: 'GCJ-02', bd09: 'BD-09' } as const;

/** Everything about one incident, and how it got where it stands. It is renewed when the stream tells of a change. */
export function IncidentPanel({ id, columns }: { id: number; columns: IncidentColumns | null }) {
  const { t } = useLingui();
  const words = useIncidentWords();
  const { go, formats, county } = useDesk();
  const queries = useQueryClient();
  const { data, error, isFetching, refetch } = useQuery(incidentQuery(id));
  const categoryName = useCategoryName();
  const heading = useRef<HTMLHeadingElement>(null);
  useFocusWhileOpen(heading, id);
  useApplied(
    useCallback(
      ({ changed }: Applied) => {
        if (changed.some((record) => record.id === id)) void queries.invalidateQueries({ queryKey: ['incident', id] });
      },
      [queries, id],
    ),
  );
  const known: Known | null = data ?? knownOf(columns, id);
  const missing = error instanceof ApiError && error.status === 404;
  const open = known !== null && known.kind !== 'collection' && !ENDED.has(known.state);
  return (
    <article className={css.panel} aria-labelledby="incident" aria-busy={isFetching}>
      <div className={css.bar}>
        <button type="button" onClick={() => go({ incident: null })}>
          <Icon name="return" size={14} />
          <Trans>返回</Trans>
        </button>
        <span className={css.number}>#{id}</span>
        <button type="button" className={css.close} onClick={() => go({ incident: null })} aria-label={t`关闭`}>
          <Icon name="close" size={14} />
        </button>
      </div>
      <header>
        <h2 id="incident" ref={heading} tabIndex={-1}>
          {known ? categoryName(known.category) : missing ? t`没有编号为 ${id} 的上报` : t`上报 ${id}`}
        </h2>
        {known && (
          <p className={css.signs}>
            <span>{words.kind[known.kind]}</span>
            <span data-urgency={known.urgency}>{words.urgency[known.urgency]}</span>
            <span data-open={open}>{words.state[known.state]}</span>
          </p>
        )}
        {data?.synthetic && county.demonstration_notice && (
          <p className={css.synthetic}>
            <Trans>演示数据·非真实情况</Trans>
          </p>
        )}
      </header>
      {missing && (
        <p className={css.quiet}>
          <Trans>它可能已被撤下，或属于别的县。</Trans>
        </p>
      )}
      {error && !missing && (
        <p className={css.quiet} role="alert">
          <Trans>详情没有载入。</Trans>{' '}
          <button type="button" className={css.link} onClick={() => void refetch()}>
            <Trans>重试</Trans>
          </button>
        </p>
      )}
      {!data && !error && (
        <p className={css.quiet} role="status">
          <Trans>正在载入详情…</Trans>
        </p>
      )}
      {data && (
        <>
          <Facts incident={data} />
          <IncidentSheet incident={data}>
            <Facts incident={data} />
          </IncidentSheet>
        </>
      )}
      {!data && known && (
        <dl className={css.facts}>
          <Fact name={t`发生时间`}>{formats.moment(known.occurred_at)}</Fact>
        </dl>
      )}
    </article>
  );
}

function Facts({ incident }: { incident: IncidentAnswer }) {
  const { t } = useLingui();
  const words = useIncidentWords();
  const { go, open, tree, formats } = useDesk();
  const { lon, lat, given, grid, grid_then: then } = incident;
  const smallest = incident.grid_code ?? incident.village_code ?? incident.township_code;
  const area = smallest === null ? undefined : tree.byCode.get(smallest);
  const canShow = lon !== null && lat !== null;
  return (
    <>
      <Section title={t`地点`} note={words.precision[incident.precision]}>
        <p className={css.path}>
          {area ? (
            pathOf(area).map((part) => <Place key={part.code} area={part} open={open} lang={formats.lang} />)
          ) : (
            <span className={css.quiet}>{t`地点不详`}</span>
          )}
        </p>
        <dl className={css.facts}>
          {grid && (
            <Fact name={t`现网格`}>
              {grid.code} {grid.name}
            </Fact>
          )}
          {then && (
            <Fact name={t`当时网格`}>
              {then.code === grid?.code && then.name === grid.name ? t`同上` : `${then.code} ${then.name}`}
              {!then.current && <small> {t`已撤并`}</small>}
            </Fact>
          )}
          {canShow && (
            <Fact name={t`坐标`}>
              {lon.toFixed(6)}, {lat.toFixed(6)} <small>CGCS2000</small>
            </Fact>
          )}
          {given && given.crs !== '4490' && (
            <Fact name={t`上报坐标`}>
              {given.lon.toFixed(6)}, {given.lat.toFixed(6)} <small>{CRS_NAMES[given.crs]}</small>
            </Fact>
          )}
        </dl>
        <div className={css.actions}>
          {canShow && (
            <button type="button" onClick={() => go({ view: 'map', camera: { lon, lat, zoom: 13.5 } })}>
              <Icon name="map" size={15} />
              <Trans>在地图上看</Trans>
            </button>
          )}
          {!canShow && area && (
            <button type="button" onClick={() => go({ view: 'map', area: area.code, camera: null })}>
              <Icon name="map" size={15} />
              <Trans>在地图上看所在区域</Trans>
            </button>
          )}
          <button type="button" onClick={() => window.print()}>
            <Icon name="print" size={15} />
            <Trans>打印</Trans>
          </button>
        </div>
      </Section>
      <Section title={t`办理轨迹`}>
        <Trail trail={incident.trail} />
      </Section>
      <Section title={t`上报`}>
        <dl className={css.facts}>
          <Fact name={t`发生时间`}>{formats.moment(incident.occurred_at)}</Fact>
          <Fact name={t`上报时间`}>{formats.moment(incident.reported_at)}</Fact>
          <Fact name={t`状态时间`}>{formats.moment(incident.state_at)}</Fact>
          <Fact name={t`来源`}>{incident.source}</Fact>
          <Fact name={t`来源编号`}>{incident.external_id}</Fact>
        </dl>
      </Section>
    </>
  );
}

function Place({ area, open, lang }: { area: AreaNode; open: (code: string) => void; lang: string }) {
  return (
    <button type="button" className={css.link} onClick={() => open(area.code)}>
      {nameOf(area, lang)}
    </button>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function knownOf(columns: IncidentColumns | null, id: number): Known | null {
  const row = columns?.id.indexOf(id) ?? -1;
  if (columns === null || row === -1) return null;
  return {
    kind: KINDS[columns.kind[row]!]!,
    category: columns.categories[columns.category[row]!]!,
    urgency: URGENCIES[columns.urgency[row]!]!,
    state: STATES[columns.state[row]!]!,
    occurred_at: new Date(columns.occurred_at[row]! * 1000).toISOString(),
  };
}

/** The reader is led to what opened, and back to where it was opened from. */
function useFocusWhileOpen(heading: { readonly current: HTMLElement | null }, id: number): void {
  const opener = useRef<Element | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another incident is another opening
  useEffect(() => {
    const active = document.activeElement;
    // Opened by its address: nobody pointed at anything yet.
    if (active === null || active === document.body) return;
    if (active !== heading.current) opener.current ??= active;
    heading.current?.focus({ preventScroll: true });
  }, [heading, id]);
  useEffect(
    () => () => {
      const active = document.activeElement;
      // Whoever has gone on elsewhere is left there.
      if (active !== null && active !== document.body && active.isConnected) return;
      if (opener.current instanceof HTMLElement && opener.current.isConnected) opener.current.focus();
    },
    [],
  );
}
