/** A grid, and a list of grids, as a sentence ready for a report. */
import { type AreaNode, nameOf } from '../divisions/areas.ts';
import { listed, type Telling } from '../locales/say.ts';
import type { CoverageClass } from '../map/contract.ts';
import { coverageOf } from '../situation/measure.ts';

/** Words of the reader's language for what a grid is. */
export interface GridWords {
  readonly gridClass: Readonly<Record<'community' | 'rural' | 'special', string>>;
  readonly coverage: Readonly<Record<CoverageClass, string>>;
  readonly workerKind: Readonly<Record<'full_time' | 'stability' | 'auxiliary', string>>;
}

/** What a grid is and who holds it: nothing of its reports. `managing`: the unit that manages it, where it is known. */
export function gridSentence(
  { say, formats }: Telling,
  grid: AreaNode,
  managing: AreaNode | undefined,
  words: GridWords,
): string {
  const { totals } = grid;
  const name = (area: AreaNode) => nameOf(area, formats.lang);
  const gridClass = (['community', 'rural', 'special'] as const).find((c) => totals.grids[c] > 0);
  const parts = [
    say(/* i18n */ { id: 'sentence.gridcode', message: '{name}（编码{code}）' }, { name: name(grid), code: grid.code }),
  ];
  if (gridClass) parts.push(words.gridClass[gridClass]);
  if (grid.parent) {
    parts.push(say(/* i18n */ { id: 'sentence.gridvillage', message: '属{village}' }, { village: name(grid.parent) }));
  }
  if (managing) {
    parts.push(say(/* i18n */ { id: 'sentence.gridunit', message: '由{unit}管理' }, { unit: name(managing) }));
  }
  parts.push(
    say(/* i18n */ { id: 'sentence.gridarea', message: '面积{area}平方公里' }, { area: formats.area(totals.area_km2) }),
  );
  parts.push(
    totals.households === null || totals.population === null
      ? say(/* i18n */ { id: 'sentence.gridnodwellings', message: '无住户数据' })
      : say(
          /* i18n */ { id: 'sentence.gridhouseholds', message: '常住{households}户{population}人' },
          { households: formats.count(totals.households), population: formats.count(totals.population) },
        ),
  );
  const { staff } = totals;
  if (staff === null) {
    parts.push(say(/* i18n */ { id: 'sentence.gridnostaff', message: '无网格员数据' }));
  } else {
    for (const kind of ['full_time', 'stability', 'auxiliary'] as const) {
      parts.push(
        say(
          /* i18n */ { id: 'sentence.gridstaff', message: '{kind}在岗{onPost}/{registered}人' },
          { kind: words.workerKind[kind], onPost: staff[`${kind}_on_post`], registered: staff[kind] },
        ),
      );
    }
    parts.push(words.coverage[coverageOf(totals)]);
  }
  return (
    parts.join(say(/* i18n */ { id: 'sentence.comma', message: '，' })) +
    say(/* i18n */ { id: 'sentence.end', message: '。' })
  );
}

const MOST_NAMED = 30;

/** The grids of a class. `title`: the class with its measure in words. `of`: grids of the area. */
export function pickedSentence(
  { say, formats }: Telling,
  node: AreaNode,
  title: string,
  grids: readonly AreaNode[],
  of: number,
): string {
  const values = {
    name: nameOf(node, formats.lang),
    title,
    count: grids.length,
    of,
    names: listed(
      say,
      grids
        .slice(0, MOST_NAMED)
        .map((grid) =>
          say(
            /* i18n */ { id: 'sentence.namedgrid', message: '{name}（{code}）' },
            { name: nameOf(grid, formats.lang), code: grid.code },
          ),
        ),
    ),
  };
  if (grids.length === 0) {
    return say(/* i18n */ { id: 'sentence.pickednone', message: '{name}{of}个网格中没有“{title}”的网格。' }, values);
  }
  const sentence = say(
    /* i18n */ { id: 'sentence.picked', message: '{name}{of}个网格中“{title}”的有{count}格：{names}' },
    values,
  );
  return (
    sentence +
    (grids.length > MOST_NAMED
      ? say(/* i18n */ { id: 'sentence.andothers', message: '等。' })
      : say(/* i18n */ { id: 'sentence.end', message: '。' }))
  );
}
