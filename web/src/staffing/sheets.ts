/** The coverage of an area as a table for export. */
import { shareOf } from '@wangge/geodata/incidents/suppress';
import type { AreaNode } from '../divisions/areas.ts';
import type { Telling } from '../locales/say.ts';
import type { CoverageClass } from '../map/contract.ts';
import { COVERAGE_CLASSES } from '../situation/measure.ts';
import type { Sheet } from '../ui/sheet.ts';

/** `words`: the coverage classes in the reader's language. */
export function coverageSheet({ say }: Telling, node: AreaNode, words: Readonly<Record<CoverageClass, string>>): Sheet {
  const { coverage, grids } = node.totals;
  return {
    name: say(/* i18n */ { id: 'sheet.coverage', message: '配备' }),
    columns: [
      { header: say(/* i18n */ { id: 'sheet.coverageclass', message: '配备状态' }), kind: 'text' },
      { header: say(/* i18n */ { id: 'sheet.grids', message: '网格（个）' }), kind: 'count' },
      { header: say(/* i18n */ { id: 'sheet.allgrids', message: '全部网格（个）' }), kind: 'count' },
      { header: say(/* i18n */ { id: 'sheet.share', message: '占比' }), kind: 'share' },
    ],
    rows: COVERAGE_CLASSES.map((c) => [words[c], coverage[c], grids.total, shareOf(coverage[c], grids.total)]),
  };
}
