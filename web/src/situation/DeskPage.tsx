import { Trans, useLingui } from '@lingui/react/macro';
import { useMediaQuery } from '@mantine/hooks';
import { isUnfiltered } from '@wangge/geodata/incidents/filter';
import { lazy, Suspense, useRef, useState } from 'react';
import { AreaTree } from '../divisions/AreaTree.tsx';
import { IncidentPanel } from '../incidents/IncidentPanel.tsx';
import { AwayCard, useAwayByTownship } from '../live/AwayCard.tsx';
import { Spoken } from '../live/Spoken.tsx';
import type { MapHandle } from '../map/contract.ts';
import { AreaPanel } from './AreaPanel.tsx';
import css from './DeskPage.module.css';
import { useDesk } from './desk.ts';
import { FilterBar } from './FilterBar.tsx';
import { HelpDialog } from './HelpDialog.tsx';
import { MapStage } from './MapStage.tsx';
import { MeasureSwitch } from './MeasureSwitch.tsx';
import { Notices } from './Notices.tsx';
import { PrintSheet } from './PrintSheet.tsx';
import { sentenceOf } from './sentence.ts';
import { Timeline } from './Timeline.tsx';
import { TopBar } from './TopBar.tsx';
import { useHeat, useMapLayers, usePadding } from './useMapData.ts';
import { usePicture } from './usePicture.ts';
import { useShortcuts } from './useShortcuts.ts';

const GridTable = lazy(() => import('../grids/GridTable.tsx'));
const IncidentList = lazy(() => import('../incidents/IncidentList.tsx'));

export function DeskPage({ retry }: { retry: () => void }) {
  const { t, i18n } = useLingui();
  const desk = useDesk();
  const { view, node, periodWords, filter, filterWords, formats, astray, time } = desk;
  const [help, setHelp] = useState(false);
  const [side, setSide] = useState<'figures' | 'areas'>('figures');
  const search = useRef<HTMLInputElement>(null);
  const map = useRef<MapHandle>(null);
  // Narrow pages show one side panel at a time; the state of both stays.
  const narrow = useMediaQuery('(max-width: 1099px)', false, { getInitialValueInEffect: false });
  const layers = useMapLayers();
  const heat = useHeat(layers.heat);
  const padding = usePadding(narrow, node.level === 'county', !isUnfiltered(view.filter), layers.heat);
  const { picture, take } = usePicture(map, `${node.code} ${JSON.stringify(view)}`, padding);
  const print = () => void take().then(() => requestAnimationFrame(() => window.print()));
  useShortcuts({
    search: () => search.current?.focus(),
    help: () => setHelp(true),
    map: () => map.current?.focus(),
    print,
  });
  const period = filterWords === '' ? periodWords : t`${periodWords}（只计${filterWords}）`;
  const sentence = sentenceOf(i18n, node, period, formats, filter);
  // While time runs nobody can listen to every step: what is spoken waits until it rests.
  const spoken = useRef(sentence);
  if (!time.moving) spoken.current = sentence;
  const { away, dismiss } = useAwayByTownship();
  const table = view.view === 'table';
  // The page of an incident comes to the front wherever it was opened.
  const incident = view.incident !== null;
  const showAreas = !narrow || (side === 'areas' && !incident);
  const showFigures = narrow ? side === 'figures' || incident : !table || incident;
  return (
    <div className={css.page} data-view={view.view}>
      <a className={css.skip} href="#figures">
        <Trans>跳到数据</Trans>
      </a>
      <a className={css.skip} href="#areas">
        <Trans>跳到区域列表</Trans>
      </a>
      <TopBar searchRef={search} onHelp={() => setHelp(true)} onPrint={print} />
      <main className={css.stage} aria-label={t`态势`}>
        <h1 className="sr">
          <Trans>态势</Trans>
        </h1>
        {table ? (
          <Suspense fallback={null}>
            <GridTable />
          </Suspense>
        ) : view.view === 'list' ? (
          <Suspense fallback={null}>{desk.rows && <IncidentList columns={desk.rows} />}</Suspense>
        ) : (
          <MapStage mapRef={map} padding={padding} heat={heat} />
        )}
        <FilterBar />
        <Notices retry={retry} />
      </main>
      <Timeline />
      {narrow && (
        <div className={css.tabs} role="tablist" aria-label={t`面板`}>
          {(['figures', 'areas'] as const).map((tab) => (
            <button
              key={tab}
              type="button"
              role="tab"
              id={`tab-${tab}`}
              aria-selected={tab === 'areas' ? showAreas : showFigures}
              aria-controls={tab}
              onClick={() => {
                setSide(tab);
                if (incident) desk.go({ incident: null });
              }}
            >
              {tab === 'figures' ? t`数据` : t`区域`}
            </button>
          ))}
        </div>
      )}
      <nav id="areas" className={css.left} hidden={!showAreas} aria-label={t`区域`} tabIndex={-1}>
        <MeasureSwitch />
        <AreaTree />
      </nav>
      <aside id="figures" className={css.right} hidden={!showFigures} aria-label={t`数据`} tabIndex={-1}>
        {astray && (
          <p className={css.astray} role="alert">
            <Trans>没有编码为 {view.area} 的区域，显示全县。</Trans>
          </p>
        )}
        {view.incident === null ? (
          <>
            {away && !view.reception && <AwayCard away={away} dismiss={dismiss} />}
            <AreaPanel sentence={sentence} />
          </>
        ) : (
          <IncidentPanel id={view.incident} columns={desk.held?.columns ?? null} />
        )}
      </aside>
      {/* The one sentence that is spoken when area, period or figures change. */}
      <p className="sr" aria-live="polite">
        {spoken.current}
      </p>
      {!view.reception && <Spoken formats={formats} />}
      <HelpDialog opened={help} onClose={() => setHelp(false)} />
      <PrintSheet sentence={sentence} picture={picture} heat={heat} />
    </div>
  );
}
