import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { gridsIn, nameOf } from '../divisions/areas.ts';
import { pickedSentence } from '../grids/sentence.ts';
import { CopyText } from '../ui/CopyText.tsx';
import { Icon } from '../ui/Icon.tsx';
import { classLabel } from './classes.ts';
import { useDesk } from './desk.ts';
import { COVERAGE_CLASSES, measured } from './measure.ts';
import css from './PickList.module.css';
import { NO_DATA, pickedGrids, pickOf } from './pick.ts';
import { useExports } from './useExports.ts';
import { useWords } from './words.ts';

/** The list behind a class of the legend: its grids in the selected area, in code order. */
export function PickList() {
  const { t } = useLingui();
  const words = useWords();
  const { view, go, open, node, values, classes, formats } = useDesk();
  const { telling, cite } = useExports();
  const all = gridsIn(node);
  const grids = pickedGrids(all, view.measure, view.pick, values, classes);
  const picked = classes.find((c) => pickOf(c) === view.pick);
  const format = view.measure === 'per1000' ? formats.rate : formats.count;
  const coverage = COVERAGE_CLASSES.find((c) => c === view.pick);
  const title =
    view.pick === NO_DATA
      ? t`无数据`
      : coverage && view.measure === 'coverage'
        ? words.coverage[coverage]
        : picked
          ? `${words.measureTitle[view.measure]} ${classLabel(picked, format)}`
          : t`没有这一级`;
  return (
    <section className={css.box} aria-label={title}>
      <div className={css.head}>
        <h3>{title}</h3>
        <span>
          {formats.count(grids.length)} / <Plural value={all.length} other="#格" />
        </span>
        <CopyText
          of={title}
          text={() =>
            cite(
              pickedSentence(telling, node, title, grids, all.length),
              view.measure === 'coverage' || view.measure === 'staff' ? 'posts' : 'incidents',
            )
          }
        />
        <button type="button" onClick={() => go({ pick: null })} aria-label={t`关闭列表`}>
          <Icon name="close" size={14} />
        </button>
      </div>
      {grids.length === 0 ? (
        <p className={css.none}>
          <Trans>本区域没有这一级的网格。</Trans>
        </p>
      ) : (
        <ul>
          {grids.map((grid) => {
            const value = measured(view.measure, grid.totals);
            return (
              <li key={grid.code}>
                <button type="button" onClick={() => open(grid.code)}>
                  <span>{nameOf(grid, formats.lang)}</span>
                  <span className={css.code}>{grid.code}</span>
                  <span className={css.value}>
                    {view.measure === 'coverage' ? '' : value === null ? t`无数据` : format(value)}
                  </span>
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
