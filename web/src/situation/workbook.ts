/** The figures of the desk as the sheets of one workbook. */
import { shareOf } from '@wangge/geodata/incidents/suppress';
import { type AreaNode, nameOf } from '../divisions/areas.ts';
import type { Telling } from '../locales/say.ts';
import { type Cell, fileNameOf, type Sheet } from '../ui/sheet.ts';
import { type Basis, type Counted, countingOf, sourceOf } from './basis.ts';
import { perThousandOf, staffOf } from './measure.ts';

/** The figures strip: each with its denominator in words and numbers. No data is said, and is not zero. */
export function figuresSheet({ say }: Telling, node: AreaNode): Sheet {
  const { reports, disputes, open, staff, households, population, area_km2, grids, coverage, centres } = node.totals;
  const reported = say(/* i18n */ { id: 'sheet.figure.reports', message: '上报信息（件）' });
  const disputed = say(/* i18n */ { id: 'sheet.dispute', message: '矛盾纠纷（件）' });
  const due = say(/* i18n */ { id: 'sheet.openof', message: '事件和矛盾纠纷（件）' });
  const housed = say(/* i18n */ { id: 'sheet.households', message: '常住户数' });
  const gridded = say(/* i18n */ { id: 'sheet.grids', message: '网格（个）' });
  const registered = say(/* i18n */ { id: 'sheet.figure.registered', message: '在册网格员（人）' });
  const fullTime = say(/* i18n */ { id: 'sheet.figure.fulltime', message: '在册专职网格员（人）' });
  const rate = perThousandOf(node.totals);
  const posts = staffOf(node.totals);
  const known = coverage.unknown < grids.total;
  const plain = (name: string, value: Cell): Cell[] => [name, value, '', '', ''];
  const part = (name: string, value: number | null, whole: string, of: number | null): Cell[] => [
    name,
    value,
    whole,
    of,
    value === null || of === null ? null : (shareOf(value, of) ?? ''),
  ];
  return {
    name: say(/* i18n */ { id: 'sheet.figures', message: '概况' }),
    columns: [
      { header: say(/* i18n */ { id: 'sheet.figure', message: '指标' }), kind: 'text' },
      { header: say(/* i18n */ { id: 'sheet.value', message: '数值' }), kind: 'rate' },
      { header: say(/* i18n */ { id: 'sheet.denominator', message: '分母' }), kind: 'text' },
      { header: say(/* i18n */ { id: 'sheet.denominatorvalue', message: '分母数值' }), kind: 'count' },
      { header: say(/* i18n */ { id: 'sheet.share', message: '占比' }), kind: 'share' },
    ],
    rows: [
      plain(reported, reports.total),
      part(
        say(/* i18n */ { id: 'sheet.collection', message: '信息采集（件）' }),
        reports.collection,
        reported,
        reports.total,
      ),
      part(say(/* i18n */ { id: 'sheet.event', message: '事件（件）' }), reports.event, reported, reports.total),
      part(disputed, reports.dispute, reported, reports.total),
      part(
        say(/* i18n */ { id: 'sheet.unlocated', message: '未上图（件）' }),
        reports.unlocated,
        reported,
        reports.total,
      ),
      part(
        say(/* i18n */ { id: 'sheet.figure.resolved', message: '化解矛盾纠纷（件）' }),
        disputes.resolved,
        disputed,
        disputes.total,
      ),
      part(say(/* i18n */ { id: 'sheet.open', message: '未办结（件）' }), open.total, due, open.of),
      part(
        say(/* i18n */ { id: 'sheet.figure.onpost', message: '在岗网格员（人）' }),
        posts?.onPost ?? null,
        registered,
        posts?.registered ?? null,
      ),
      part(
        say(/* i18n */ { id: 'sheet.figure.fulltimeonpost', message: '在岗专职网格员（人）' }),
        staff?.full_time_on_post ?? null,
        fullTime,
        staff?.full_time ?? null,
      ),
      part(
        say(/* i18n */ { id: 'sheet.figure.vacant', message: '空岗网格（个）' }),
        known ? coverage.vacant : null,
        gridded,
        grids.total,
      ),
      part(
        say(/* i18n */ { id: 'sheet.figure.shared', message: '代管网格（个）' }),
        known ? coverage.shared : null,
        gridded,
        grids.total,
      ),
      plain(housed, households),
      plain(say(/* i18n */ { id: 'sheet.population', message: '常住人口' }), population),
      [
        say(/* i18n */ { id: 'sheet.perthousand', message: '每千户上报（件）' }),
        households === null ? null : (rate ?? ''),
        housed,
        households,
        '',
      ],
      plain(gridded, grids.total),
      plain(say(/* i18n */ { id: 'sheet.area', message: '面积（km²）' }), area_km2),
      plain(say(/* i18n */ { id: 'sheet.figure.centres', message: '综治中心（个）' }), centres),
    ],
  };
}

/** 说明: what stands with every figure. `credits`: lines that every output of the county must carry. */
export function notesSheet(
  { say, formats, period }: Telling,
  county: { readonly name: string; readonly name_en: string },
  node: AreaNode,
  basis: Basis,
  counted: readonly Counted[],
  credits: readonly string[],
  remarks: readonly string[] = [],
): Sheet {
  const rows: Cell[][] = [
    [say(/* i18n */ { id: 'sheet.county', message: '县' }), formats.lang === 'en' ? county.name_en : county.name],
    [say(/* i18n */ { id: 'sheet.areaname', message: '区域' }), nameOf(node, formats.lang)],
    [say(/* i18n */ { id: 'sheet.code', message: '编码' }), node.code],
    [say(/* i18n */ { id: 'sheet.period', message: '时段' }), `${period} · ${basis.window}`],
    [
      say(/* i18n */ { id: 'sheet.filter', message: '筛选' }),
      basis.filter ?? say(/* i18n */ { id: 'sheet.nofilter', message: '未筛选' }),
    ],
    [say(/* i18n */ { id: 'sheet.at', message: '截至' }), basis.at],
    ...[...new Set(counted.map((what) => countingOf(say, basis, what)))].map((counting): Cell[] => [
      say(/* i18n */ { id: 'sheet.counting', message: '口径' }),
      counting,
    ]),
    [say(/* i18n */ { id: 'sheet.source', message: '来源' }), sourceOf(say, basis)],
    ...remarks.map((line): Cell[] => [say(/* i18n */ { id: 'sheet.remark', message: '备注' }), line]),
    ...credits.map((line): Cell[] => [say(/* i18n */ { id: 'sheet.credit', message: '署名' }), line]),
  ];
  if (basis.demonstration) {
    rows.push([
      say(/* i18n */ { id: 'sheet.notice', message: '声明' }),
      say(/* i18n */ { id: 'sheet.demonstration', message: '演示数据·非真实情况' }),
    ]);
  }
  return {
    name: say(/* i18n */ { id: 'sheet.notes', message: '说明' }),
    columns: [
      { header: say(/* i18n */ { id: 'sheet.item', message: '项目' }), kind: 'text' },
      { header: say(/* i18n */ { id: 'sheet.content', message: '内容' }), kind: 'text' },
    ],
    rows,
  };
}

/** County, area, what it is and the window, e.g. 古浪县_大靖镇_态势_2026年6月2日至7月1日.xlsx. */
export function workbookName(
  { formats }: Telling,
  county: { readonly name: string; readonly name_en: string },
  node: AreaNode,
  what: string,
  basis: Basis,
): string {
  const names = [formats.lang === 'en' ? county.name_en : county.name];
  if (node.level !== 'county') names.push(nameOf(node, formats.lang));
  return fileNameOf([...names, what, basis.window], 'xlsx');
}
