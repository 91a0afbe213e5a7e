/** Reports in a sentence ready for a report: by category, by grid, by day, by hour, one by one. */
import { isShown } from '@wangge/geodata/incidents/suppress';
import { type AreaNode, gridsIn, nameOf } from '../divisions/areas.ts';
import { clauses, listed, type Telling } from '../locales/say.ts';

export interface CategoryName {
  readonly code: string;
  readonly name: string;
  readonly name_en: string;
}

/** All categories in the order of the county's dictionary, each with its share of all reports. */
export function categoriesSentence(
  { say, formats, period }: Telling,
  node: AreaNode,
  categories: readonly CategoryName[],
): string {
  const { reports, by_category } = node.totals;
  const values = { name: nameOf(node, formats.lang), period, total: formats.count(reports.total) };
  if (reports.total === 0)
    return say(/* i18n */ { id: 'sentence.noreports', message: '{name}{period}没有上报。' }, values);
  const parts = categories.map(({ code, name, name_en }) => {
    const count = by_category[code] ?? 0;
    return say(
      /* i18n */ { id: 'sentence.category', message: '{category}{count}件（{share}）' },
      {
        category: formats.lang === 'en' ? name_en : name,
        count: formats.count(count),
        share: formats.percent(count, reports.total),
      },
    );
  });
  return say(
    /* i18n */ { id: 'sentence.categories', message: '{name}{period}上报{total}件，按类别：{parts}。' },
    { ...values, parts: listed(say, parts) },
  );
}

const MOST_NAMED = 12;

/** 零上报. Where small counts are withheld, grids without a report cannot be told from those with few: none is named. */
export function silentSentence({ say, formats, period }: Telling, node: AreaNode): string {
  const grids = gridsIn(node);
  const known = grids.every((grid) => isShown(grid.totals.reports.total));
  const silent = grids.filter((grid) => grid.totals.reports.total === 0);
  const few = grids.filter((grid) => !isShown(grid.totals.reports.total)).length;
  const values = {
    name: nameOf(node, formats.lang),
    period,
    grids: grids.length,
    active: grids.length - silent.length,
    silent: silent.length,
    few,
    share: formats.percent(grids.length - silent.length, grids.length) ?? '',
    names: listed(
      say,
      silent.slice(0, MOST_NAMED).map((grid) => nameOf(grid, formats.lang)),
    ),
  };
  if (!known) {
    return say(
      /* i18n */ { id: 'sentence.silentwithheld', message: '{name}{period}{grids}个网格中，{few}个上报数未显示。' },
      values,
    );
  }
  if (silent.length === 0) {
    return say(/* i18n */ { id: 'sentence.silentnone', message: '{name}{period}{grids}个网格均有上报。' }, values);
  }
  const sentence = say(
    /* i18n */ {
      id: 'sentence.silent',
      message: '{name}{period}{grids}个网格中有上报{active}格（{share}），零上报{silent}格：{names}',
    },
    values,
  );
  return (
    sentence +
    (silent.length > MOST_NAMED
      ? say(/* i18n */ { id: 'sentence.andothers', message: '等。' })
      : say(/* i18n */ { id: 'sentence.end', message: '。' }))
  );
}

export interface StepCounts {
  readonly unit: 'hour' | 'day';
  readonly steps: readonly { readonly name: string; readonly count: number }[];
  readonly total: number;
}

/** `steps`: reports by day or hour, the first first, each with its name; a mean is told of days alone. */
export function stepsSentence(
  { say, formats, period }: Telling,
  node: AreaNode,
  { unit, steps, total }: StepCounts,
): string {
  const values = { name: nameOf(node, formats.lang), period, total: formats.count(total), days: steps.length };
  const shown = steps.filter(({ count }) => isShown(count));
  const most = shown.reduce<(typeof steps)[number] | null>((a, b) => (a !== null && a.count >= b.count ? a : b), null);
  if (most === null || most.count === 0) {
    return say(/* i18n */ { id: 'sentence.stepstotal', message: '{name}{period}上报{total}件。' }, values);
  }
  const top = { ...values, day: most.name, count: formats.count(most.count) };
  if (unit === 'hour') {
    return say(
      /* i18n */ { id: 'sentence.hours', message: '{name}{period}上报{total}件，最多为{day}，{count}件。' },
      top,
    );
  }
  return say(
    /* i18n */ {
      id: 'sentence.days',
      message: '{name}{period}{days}天共上报{total}件，日均{mean}件，最多为{day}{count}件。',
    },
    { ...top, mean: formats.rate(total / steps.length) },
  );
}

/** `weekday`: the name of the day of the peak; `hour`: 0 to 23. Counts are of events and disputes. */
export function weekSentence(
  { say, formats, period }: Telling,
  node: AreaNode,
  week: { readonly total: number; readonly peak: number; readonly weekday: string; readonly hour: number },
): string {
  const values = {
    name: nameOf(node, formats.lang),
    period,
    total: formats.count(week.total),
    peak: formats.count(week.peak),
    weekday: week.weekday,
    hour: week.hour,
    next: week.hour + 1,
  };
  if (week.total === 0) {
    return say(/* i18n */ { id: 'sentence.weeknone', message: '{name}{period}没有事件和矛盾纠纷。' }, values);
  }
  if (!isShown(week.peak)) {
    return say(/* i18n */ { id: 'sentence.weektotal', message: '{name}{period}事件和矛盾纠纷{total}件。' }, values);
  }
  return say(
    /* i18n */ {
      id: 'sentence.week',
      message: '{name}{period}事件和矛盾纠纷{total}件，以周{weekday}{hour}时至{next}时最多，{peak}件。',
    },
    values,
  );
}

/** One report of a list, in words. */
export interface ToldReport {
  readonly at: string;
  readonly category: string;
  readonly kind: string;
  readonly urgency: string;
  readonly state: string;
  readonly place: string;
}

/** `matched`: how many there are in all. Never for the eyes of strangers: each names a single report. */
export function reportsSentence(
  { say, formats, period }: Telling,
  node: AreaNode,
  reports: readonly ToldReport[],
  matched: number,
): string {
  const values = {
    name: nameOf(node, formats.lang),
    period,
    shown: formats.count(reports.length),
    total: formats.count(matched),
  };
  if (reports.length === 0)
    return say(/* i18n */ { id: 'sentence.noreports', message: '{name}{period}没有上报。' }, values);
  const lines = reports.map((report) =>
    say(
      /* i18n */ { id: 'sentence.report', message: '{at} {place} {category}（{kind}，{urgency}，{state}）' },
      {
        ...report,
      },
    ),
  );
  return say(
    /* i18n */ { id: 'sentence.reports', message: '{name}{period}上报{total}件，最近{shown}件：{lines}。' },
    { ...values, lines: clauses(say, lines) },
  );
}
