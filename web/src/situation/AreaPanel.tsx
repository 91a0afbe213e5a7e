import { Trans, useLingui } from '@lingui/react/macro';
import { nameOf } from '../divisions/areas.ts';
import { SubAreas } from '../divisions/SubAreas.tsx';
import { GridFacts } from '../grids/GridFacts.tsx';
import { CategoryBars } from '../incidents/CategoryBars.tsx';
import { LatestReports } from '../incidents/LatestReports.tsx';
import { RecentReports } from '../incidents/RecentReports.tsx';
import { Rhythm } from '../incidents/Rhythm.tsx';
import { Silent } from '../incidents/Silent.tsx';
import { categoriesSentence } from '../incidents/sentence.ts';
import { Coverage } from '../staffing/Coverage.tsx';
import { CopyText } from '../ui/CopyText.tsx';
import { SaveSheets } from '../ui/SaveSheets.tsx';
import { Section } from '../ui/Section.tsx';
import css from './AreaPanel.module.css';
import { useDesk } from './desk.ts';
import { Figures } from './Figures.tsx';
import { PickList } from './PickList.tsx';
import { figuresSentence } from './sentence.ts';
import { useExports } from './useExports.ts';
import { useSheets } from './useSheets.ts';
import { useWords } from './words.ts';

/** Everything about the selected area, top to bottom in the order in which a leader asks. */
export function AreaPanel({ sentence }: { sentence: string }) {
  const { t } = useLingui();
  const words = useWords();
  const { node, view, formats, overview, waiting, periodWords, county } = useDesk();
  const { telling, cite, save } = useExports();
  const sheets = useSheets();
  const { grids } = node.totals;
  const gridClass = (['community', 'rural', 'special'] as const).find((c) => grids[c] > 0);
  return (
    <div className={css.panel} data-waiting={waiting}>
      <header className={css.head}>
        <div className={css.title}>
          <h2>{nameOf(node, formats.lang)}</h2>
          <span className={css.code}>{node.code}</span>
          <span className={css.actions}>
            <CopyText of={t`数据概况`} text={() => cite(figuresSentence(telling, node), 'both')} />
            <SaveSheets
              of={nameOf(node, formats.lang)}
              save={() => save(t`网格态势`, sheets(), ['incidents', 'posts', 'ground'])}
            />
          </span>
        </div>
        <p className={css.sub}>
          {node.level === 'grid' && gridClass
            ? words.gridClass[gridClass]
            : t`${grids.total}格：社区${grids.community}、农村${grids.rural}、专属${grids.special}`}
          <br />
          <Trans>截至 {formats.moment(overview.at)}</Trans>
        </p>
        <p className={css.sentence}>{sentence}</p>
      </header>
      {view.pick !== null && <PickList />}
      <Figures />
      {node.level === 'grid' && <GridFacts key={node.code} />}
      <Section
        title={t`类别`}
        note={`${periodWords} · ${t`件`}`}
        actions={
          <CopyText of={t`类别`} text={() => cite(categoriesSentence(telling, node, county.categories), 'incidents')} />
        }
      >
        <CategoryBars />
      </Section>
      {!view.reception && (node.level === 'grid' ? <RecentReports key={`${node.code} reports`} /> : <LatestReports />)}
      <Rhythm />
      {node.level !== 'grid' && (
        <>
          <Coverage />
          <Silent />
        </>
      )}
      {node.children.length > 0 && <SubAreas key={`${node.code} parts`} />}
      <p className={css.sources}>{[county.source_line, ...county.attributions].join(' · ')}</p>
    </div>
  );
}
