/** Reports as tables for export. Counts may be withheld ones; see `suppress`. */
import { shareOf } from '@wangge/geodata/incidents/suppress';
import type { AreaNode } from '../divisions/areas.ts';
import type { Telling } from '../locales/say.ts';
import type { Sheet } from '../ui/sheet.ts';
import type { CategoryName, StepCounts, ToldReport } from './sentence.ts';

/** All categories in the order of the dictionary. */
export function categoriesSheet({ say, formats }: Telling, node: AreaNode, categories: readonly CategoryName[]): Sheet {
  const { reports, by_category } = node.totals;
  return {
    name: say(/* i18n */ { id: 'sheet.categories', message: '类别' }),
    columns: [
      { header: say(/* i18n */ { id: 'sheet.category', message: '类别' }), kind: 'text' },
      { header: say(/* i18n */ { id: 'sheet.reports', message: '上报（件）' }), kind: 'count' },
      { header: say(/* i18n */ { id: 'sheet.allreports', message: '全部上报（件）' }), kind: 'count' },
      { header: say(/* i18n */ { id: 'sheet.share', message: '占比' }), kind: 'share' },
    ],
    rows: categories.map(({ code, name, name_en }) => {
      const count = by_category[code] ?? 0;
      return [formats.lang === 'en' ? name_en : name, count, reports.total, shareOf(count, reports.total)];
    }),
  };
}

/** Reports by day or hour, each step with its name. */
export function stepsSheet({ say }: Telling, steps: StepCounts['steps']): Sheet {
  return {
    name: say(/* i18n */ { id: 'sheet.steps', message: '时间分布' }),
    columns: [
      { header: say(/* i18n */ { id: 'sheet.day', message: '时间' }), kind: 'text' },
      { header: say(/* i18n */ { id: 'sheet.reports', message: '上报（件）' }), kind: 'count' },
    ],
    rows: steps.map(({ name, count }) => [name, count]),
  };
}

/** Events and disputes by weekday and hour. `week`: `weekday * 24 + hour`, Monday first. */
export function weekSheet({ say }: Telling, week: ArrayLike<number>, weekdays: readonly string[]): Sheet {
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  return {
    name: say(/* i18n */ { id: 'sheet.week', message: '时段分布' }),
    columns: [
      { header: say(/* i18n */ { id: 'sheet.weekday', message: '事件和矛盾纠纷（件）' }), kind: 'text' },
      ...hours.map((hour) => ({
        header: say(/* i18n */ { id: 'sheet.hour', message: '{hour}时' }, { hour }),
        kind: 'count' as const,
      })),
    ],
    rows: weekdays.map((name, d) => [name, ...hours.map((hour) => week[d * 24 + hour]!)]),
  };
}

/** Single reports; not for the eyes of strangers. `id`: the number under which each is stored. */
export function reportsSheet({ say }: Telling, reports: readonly (ToldReport & { readonly id: number })[]): Sheet {
  return {
    name: say(/* i18n */ { id: 'sheet.list', message: '上报清单' }),
    columns: [
      { header: say(/* i18n */ { id: 'sheet.id', message: '编号' }), kind: 'code' },
      { header: say(/* i18n */ { id: 'sheet.occurred', message: '发生时间' }), kind: 'text' },
      { header: say(/* i18n */ { id: 'sheet.place', message: '地点' }), kind: 'text' },
      { header: say(/* i18n */ { id: 'sheet.category', message: '类别' }), kind: 'text' },
      { header: say(/* i18n */ { id: 'sheet.kind', message: '类型' }), kind: 'text' },
      { header: say(/* i18n */ { id: 'sheet.urgency', message: '紧急程度' }), kind: 'text' },
      { header: say(/* i18n */ { id: 'sheet.state', message: '状态' }), kind: 'text' },
    ],
    rows: reports.map((r) => [String(r.id), r.at, r.place, r.category, r.kind, r.urgency, r.state]),
  };
}
