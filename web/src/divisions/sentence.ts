/** The parts of an area side by side, as a sentence ready for a report. */
import { clauses, type Telling } from '../locales/say.ts';
import { measured } from '../situation/measure.ts';
import { type AreaNode, nameOf } from './areas.ts';

/** In the order given, which is that of the codes unless the reader chose another; every rate with its two numbers. */
export function areasSentence({ say, formats, period }: Telling, node: AreaNode, areas: readonly AreaNode[]): string {
  const { count } = formats;
  const lines = areas.map((area) => {
    const { reports, disputes, coverage, grids, open } = area.totals;
    const line = say(
      /* i18n */ {
        id: 'sentence.part',
        message: '{name}上报{reports}件，矛盾纠纷化解{resolved}/{disputes}件，未办结{open}/{of}件',
      },
      {
        name: nameOf(area, formats.lang),
        reports: count(reports.total),
        resolved: count(disputes.resolved),
        disputes: count(disputes.total),
        open: count(measured('open', area.totals) ?? 0),
        of: count(open.of),
      },
    );
    // No staffing data is not told as no vacant post.
    if (coverage.unknown === grids.total) return line;
    return (
      line +
      say(
        /* i18n */ { id: 'sentence.partvacant', message: '，空岗{vacant}/{grids}格' },
        { vacant: coverage.vacant, grids: grids.total },
      )
    );
  });
  return say(
    /* i18n */ { id: 'sentence.parts', message: '{name}{period}：{lines}。' },
    { name: nameOf(node, formats.lang), period, lines: clauses(say, lines) },
  );
}
