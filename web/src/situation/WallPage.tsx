import { Trans, useLingui } from '@lingui/react/macro';
import { useMediaQuery } from '@mantine/hooks';
import { useMemo, useRef } from 'react';
import { nameOf } from '../divisions/areas.ts';
import { WallAreas } from '../divisions/WallAreas.tsx';
import { CategoryBars } from '../incidents/CategoryBars.tsx';
import { IncidentPanel } from '../incidents/IncidentPanel.tsx';
import { Rhythm } from '../incidents/Rhythm.tsx';
import { categoriesSentence } from '../incidents/sentence.ts';
import { WallReports } from '../incidents/WallReports.tsx';
import { FreshnessChip } from '../live/FreshnessChip.tsx';
import type { MapHandle } from '../map/contract.ts';
import { Exceptions } from '../staffing/Exceptions.tsx';
import { CopyText } from '../ui/CopyText.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Mark } from '../ui/Mark.tsx';
import { Section } from '../ui/Section.tsx';
import { useDesk } from './desk.ts';
import { Figures } from './Figures.tsx';
import { MapStage } from './MapStage.tsx';
import { NoticeLines } from './Notices.tsx';
import { PrintSheet } from './PrintSheet.tsx';
import { figuresSentence, sentenceOf } from './sentence.ts';
import { Timeline } from './Timeline.tsx';
import { useExports } from './useExports.ts';
import { useMagnification } from './useMagnification.ts';
import { useHeat, useMapLayers } from './useMapData.ts';
import { usePicture } from './usePicture.ts';
import { useShortcuts } from './useShortcuts.ts';
import { useWakeLock } from './useWakeLock.ts';
import { WallClock } from './WallClock.tsx';
import css from './WallPage.module.css';

const NOTHING = () => undefined;
/** Height of a strip of the legend, in pixels of a desk. */
const LEGEND = 70;

/**
 * The page for the command centre: what the desk shows, for eyes six metres away and hands that are elsewhere. Nothing
 * scrolls, nothing needs a pointer; wide walls have more columns, not wider ones.
 */
export default function WallPage({ retry }: { retry: () => void }) {
  const { t, i18n } = useLingui();
  const { view, go, node, county, formats, periodWords, stale, time, rows, held } = useDesk();
  const { telling, cite, basis } = useExports();
  const map = useRef<MapHandle>(null);
  const k = useMagnification();
  useWakeLock();
  const layers = useMapLayers();
  const heat = useHeat(layers.heat);
  const wide = useMediaQuery('(min-aspect-ratio: 5 / 2)', false, { getInitialValueInEffect: false });
  const strips = wide ? 1 : Number(layers.fill) + Number(layers.heat);
  const padding = useMemo(() => ({ left: 0, right: 0, top: 0, bottom: LEGEND * strips * k }), [k, strips]);
  const { picture, take } = usePicture(map, `${node.code} ${JSON.stringify(view)}`, padding);
  useShortcuts({
    search: NOTHING,
    help: NOTHING,
    map: () => map.current?.focus(),
    print: () => void take().then(() => requestAnimationFrame(() => window.print())),
  });
  const sentence = sentenceOf(i18n, node, telling.period, formats);
  // While time runs nobody can listen to every step: what is spoken waits until it rests.
  const spoken = useRef(sentence);
  if (!time.moving) spoken.current = sentence;
  const categories = (
    <Section
      title={t`类别`}
      note={`${periodWords} · ${t`件`}`}
      actions={
        <CopyText of={t`类别`} text={() => cite(categoriesSentence(telling, node, county.categories), 'incidents')} />
      }
    >
      <CategoryBars />
    </Section>
  );
  return (
    <div className={css.wall} data-view="wall" data-reception={view.reception}>
      <header className={css.head}>
        <Mark />
        <h1>
          {nameOf(node, formats.lang)} <Trans>网格态势</Trans>
        </h1>
        <p className={css.period}>
          <strong>{periodWords}</strong>
          {basis.window !== periodWords && ` · ${basis.window}`}
          {basis.filter !== null && ` · ${basis.filter}`}
        </p>
        {view.reception && <strong className={css.badge}>{t`接待模式`}</strong>}
        {county.demonstration_notice && <strong className={css.badge}>{t`演示数据·非真实情况`}</strong>}
        <div className={css.tools}>
          <button
            type="button"
            aria-pressed={view.reception}
            aria-label={t`接待模式`}
            title={view.reception ? t`关闭接待模式` : t`开启接待模式：隐去单件上报，不足3的数写作＜3`}
            onClick={() => go({ reception: !view.reception, pick: null })}
          >
            <Icon name="guest" />
          </button>
          <button
            type="button"
            aria-label={t`全屏`}
            title={t`全屏`}
            onClick={() => {
              if (document.fullscreenElement) void document.exitFullscreen();
              else void document.documentElement.requestFullscreen?.();
            }}
          >
            <Icon name="full" />
          </button>
          <button
            type="button"
            aria-label={t`返回桌面视图`}
            title={t`返回桌面视图`}
            onClick={() => go({ view: 'map' })}
          >
            <Icon name="close" />
          </button>
        </div>
        <FreshnessChip formats={formats} playback={time.playback !== null} />
        <WallClock />
      </header>
      <section className={css.figures} aria-label={t`数据`}>
        <div className={css.copy}>
          <CopyText of={t`数据概况`} text={() => cite(figuresSentence(telling, node), 'both')} />
        </div>
        <Figures />
      </section>
      <section className={css.exceptions} aria-label={t`配备例外`}>
        <Exceptions />
      </section>
      <main className={css.stage} aria-label={t`态势`}>
        <MapStage mapRef={map} padding={padding} heat={heat} magnified={k} />
      </main>
      <section className={css.reports}>
        {view.reception ? (
          <div className={css.stack}>
            {categories}
            <Rhythm />
          </div>
        ) : view.incident !== null ? (
          <div className={css.incident}>
            <IncidentPanel id={view.incident} columns={held?.columns ?? null} />
          </div>
        ) : (
          rows && <WallReports columns={rows} />
        )}
      </section>
      <section className={css.areas}>
        <WallAreas />
      </section>
      {!view.reception && <section className={css.categories}>{categories}</section>}
      <div className={css.time}>
        <Timeline />
      </div>
      <footer className={css.foot}>
        {stale && (
          <p className={css.stale} role="status">
            <Trans>数据未能更新，仍显示此前的数据。</Trans>{' '}
            <button type="button" onClick={retry}>
              <Trans>重试</Trans>
            </button>
          </p>
        )}
        <NoticeLines />
      </footer>
      <p className="sr" aria-live="polite">
        {spoken.current}
      </p>
      <PrintSheet sentence={sentence} picture={picture} heat={heat} />
    </div>
  );
}
