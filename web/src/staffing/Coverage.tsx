import { useLingui } from '@lingui/react/macro';
import { useDesk } from '../situation/desk.ts';
import { COVERAGE_CLASSES } from '../situation/measure.ts';
import { useExports } from '../situation/useExports.ts';
import { useWords } from '../situation/words.ts';
import { CopyText } from '../ui/CopyText.tsx';
import { Section } from '../ui/Section.tsx';
import { CoverageSwatch } from '../ui/Swatch.tsx';
import css from './Coverage.module.css';
import { coverageSentence } from './sentence.ts';

/** The coverage classes of the area's grids; each opens the list of its grids. */
export function Coverage() {
  const { t } = useLingui();
  const words = useWords();
  const { node, view, go, formats } = useDesk();
  const { telling, cite } = useExports();
  const { coverage, grids } = node.totals;
  return (
    <Section
      title={t`网格员配备`}
      note={t`共${formats.count(grids.total)}格`}
      actions={
        <CopyText of={t`网格员配备`} text={() => cite(coverageSentence(telling, node, words.coverage), 'posts')} />
      }
    >
      <ul className={css.classes}>
        {COVERAGE_CLASSES.map((c) => {
          const picked = view.measure === 'coverage' && view.pick === c;
          const share = formats.percent(coverage[c], grids.total);
          return (
            <li key={c}>
              <button
                type="button"
                aria-pressed={picked}
                disabled={coverage[c] === 0}
                onClick={() => go(picked ? { pick: null } : { measure: 'coverage', pick: c })}
              >
                <CoverageSwatch of={c} />
                <span className={css.name}>
                  {words.coverage[c]}
                  <small>{words.coverageMeaning[c]}</small>
                </span>
                <span className={css.value}>
                  <b data-alarm={c === 'vacant' && coverage.vacant > 0}>{formats.count(coverage[c])}</b>
                  <small>{share}</small>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
