import { Trans, useLingui } from '@lingui/react/macro';
import { gridsIn, nameOf } from '../divisions/areas.ts';
import { useDesk } from '../situation/desk.ts';
import { coverageOf } from '../situation/measure.ts';
import { useExports } from '../situation/useExports.ts';
import { useWords } from '../situation/words.ts';
import { CopyText } from '../ui/CopyText.tsx';
import { Paged } from '../ui/Paged.tsx';
import { CoverageSwatch } from '../ui/Swatch.tsx';
import css from './Exceptions.module.css';
import { coverageSentence } from './sentence.ts';

/** Grids without an own worker on post: vacant ones first, then those that another grid's worker covers, in code order. */
export function Exceptions() {
  const { t } = useLingui();
  const words = useWords();
  const { node, tree, open, formats } = useDesk();
  const { telling, cite } = useExports();
  const grids = gridsIn(node);
  const { coverage } = node.totals;
  const listed = (['vacant', 'shared'] as const).flatMap((of) =>
    grids.filter((grid) => coverageOf(grid.totals) === of).map((grid) => ({ grid, of })),
  );
  const unknown = coverage.unknown === node.totals.grids.total;
  return (
    <Paged
      row={1.625}
      heading={(at) => (
        <div className={css.head}>
          <h2>{t`配备例外`}</h2>
          {at !== null && <small>{at}</small>}
          <CopyText of={t`配备例外`} text={() => cite(coverageSentence(telling, node, words.coverage), 'posts')} />
          <p>
            {unknown ? (
              t`无配备数据`
            ) : (
              <Trans>
                空岗 <b data-alarm={coverage.vacant > 0}>{coverage.vacant}</b> · 代管 {coverage.shared} / {grids.length}
                格
              </Trans>
            )}
          </p>
        </div>
      )}
      rows={
        listed.length === 0
          ? [
              <li key="none" className={css.none}>
                {unknown || tree.grids.length === 0 ? t`无配备数据` : t`每格都有专职网格员在岗`}
              </li>,
            ]
          : listed.map(({ grid, of }) => (
              <li key={grid.code} className={css.row}>
                <CoverageSwatch of={of} />
                <button type="button" onClick={() => open(grid.code)}>
                  {nameOf(grid, formats.lang)}
                </button>
                <small>{grid.parent?.parent ? nameOf(grid.parent.parent, formats.lang) : ''}</small>
                <span>{words.coverage[of]}</span>
              </li>
            ))
      }
    />
  );
}
