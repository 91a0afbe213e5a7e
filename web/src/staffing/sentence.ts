/** The coverage of an area, as a sentence ready for a report. */
import { type AreaNode, gridsIn, nameOf } from '../divisions/areas.ts';
import { listed, type Telling } from '../locales/say.ts';
import type { CoverageClass } from '../map/contract.ts';
import { COVERAGE_CLASSES, coverageOf } from '../situation/measure.ts';

/** Grids without a worker are named, as far as a sentence can carry them. */
const MOST_NAMED = 12;

/** `words`: the coverage classes in the reader's language. */
export function coverageSentence(
  { say, formats }: Telling,
  node: AreaNode,
  words: Readonly<Record<CoverageClass, string>>,
): string {
  const { coverage, grids } = node.totals;
  const classes = COVERAGE_CLASSES.filter((c) => c !== 'unknown' || coverage.unknown > 0).map((c) =>
    say(
      /* i18n */ { id: 'sentence.coverageclass', message: '{name}{count}格（{share}）' },
      { name: words[c], count: coverage[c], share: formats.percent(coverage[c], grids.total) ?? '' },
    ),
  );
  const sentence = say(
    /* i18n */ { id: 'sentence.coverageof', message: '{name}共{grids}个网格，{classes}' },
    { name: nameOf(node, formats.lang), grids: grids.total, classes: listed(say, classes) },
  );
  const vacant = gridsIn(node).filter((grid) => coverageOf(grid.totals) === 'vacant');
  const named = vacant.slice(0, MOST_NAMED).map((grid) => nameOf(grid, formats.lang));
  const names = listed(say, named);
  const tail =
    // A grid's own class is said already; and while the grids are on their way nobody can be named.
    node.level === 'grid' || vacant.length === 0
      ? say(/* i18n */ { id: 'sentence.end', message: '。' })
      : vacant.length > named.length
        ? say(
            /* i18n */ { id: 'sentence.vacantsome', message: '。空岗网格：{names}等{count}格。' },
            { names, count: vacant.length },
          )
        : say(/* i18n */ { id: 'sentence.vacantall', message: '。空岗网格：{names}。' }, { names });
  return sentence + tail;
}
