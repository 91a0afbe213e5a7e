/** Areas side by side as a table for export: the parts of an area, or grids. */
import { shareOf } from '@wangge/geodata/incidents/suppress';
import type { CategoryName } from '../incidents/sentence.ts';
import type { Telling } from '../locales/say.ts';
import type { CoverageClass } from '../map/contract.ts';
import { COVERAGE_CLASSES, coverageOf, measured, perThousandOf } from '../situation/measure.ts';
import type { Cell, ColumnKind, Sheet } from '../ui/sheet.ts';
import { type AreaNode, nameOf } from './areas.ts';

/** What the county calls things, in the reader's language. */
export interface AreaWords {
  readonly coverage: Readonly<Record<CoverageClass, string>>;
  readonly gridClass: Readonly<Record<'community' | 'rural' | 'special', string>>;
  readonly categories: readonly CategoryName[];
}

type Reads = readonly [header: string, kind: ColumnKind, read: (area: AreaNode) => Cell];

/**
 * One row an area, in the order given. Numerators and denominators stand in columns of their own beside their rate.
 * `managing`: for grids, the unit that manages each, where it is known.
 */
export function areasSheet(
  { say, formats }: Telling,
  name: string,
  areas: readonly AreaNode[],
  words: AreaWords,
  managing: ((grid: AreaNode) => AreaNode | undefined) | null = null,
): Sheet {
  const title = (area: AreaNode | null | undefined): Cell => (area ? nameOf(area, formats.lang) : '');
  const grids = areas.length > 0 && areas.every((area) => area.level === 'grid');
  const columns: Reads[] = [
    [say(/* i18n */ { id: 'sheet.code', message: '编码' }), 'code', (a) => a.code],
    [say(/* i18n */ { id: 'sheet.name', message: '名称' }), 'text', title],
    [say(/* i18n */ { id: 'sheet.parent', message: '上级' }), 'text', (a) => title(a.parent)],
    ...(grids
      ? ([
          [say(/* i18n */ { id: 'sheet.township', message: '乡镇（街道）' }), 'text', (a) => title(a.parent?.parent)],
          [say(/* i18n */ { id: 'sheet.managing', message: '管理单位' }), 'text', (a) => title(managing?.(a))],
          [
            say(/* i18n */ { id: 'sheet.class', message: '网格类型' }),
            'text',
            ({ totals }) => {
              const c = (['community', 'rural', 'special'] as const).find((c) => totals.grids[c] > 0);
              return c ? words.gridClass[c] : null;
            },
          ],
          [
            say(/* i18n */ { id: 'sheet.coverageclass', message: '配备状态' }),
            'text',
            (a) => words.coverage[coverageOf(a.totals)],
          ],
        ] satisfies Reads[])
      : ([
          [say(/* i18n */ { id: 'sheet.grids', message: '网格（个）' }), 'count', (a) => a.totals.grids.total],
          ...COVERAGE_CLASSES.map(
            (c): Reads => [
              say(/* i18n */ { id: 'sheet.gridsof', message: '{class}（格）' }, { class: words.coverage[c] }),
              'count',
              ({ totals: { coverage, grids } }) =>
                c !== 'unknown' && coverage.unknown === grids.total ? null : coverage[c],
            ],
          ),
        ] satisfies Reads[])),
    [say(/* i18n */ { id: 'sheet.area', message: '面积（km²）' }), 'area', (a) => a.totals.area_km2],
    [say(/* i18n */ { id: 'sheet.households', message: '常住户数' }), 'count', (a) => a.totals.households],
    [say(/* i18n */ { id: 'sheet.population', message: '常住人口' }), 'count', (a) => a.totals.population],
    [say(/* i18n */ { id: 'sheet.reports', message: '上报（件）' }), 'count', (a) => a.totals.reports.total],
    [
      say(/* i18n */ { id: 'sheet.collection', message: '信息采集（件）' }),
      'count',
      (a) => a.totals.reports.collection,
    ],
    [say(/* i18n */ { id: 'sheet.event', message: '事件（件）' }), 'count', (a) => a.totals.reports.event],
    [say(/* i18n */ { id: 'sheet.dispute', message: '矛盾纠纷（件）' }), 'count', (a) => a.totals.disputes.total],
    [say(/* i18n */ { id: 'sheet.resolved', message: '化解（件）' }), 'count', (a) => a.totals.disputes.resolved],
    [
      say(/* i18n */ { id: 'sheet.resolvedshare', message: '化解率' }),
      'share',
      ({ totals: { disputes } }) => shareOf(disputes.resolved, disputes.total) ?? '',
    ],
    [say(/* i18n */ { id: 'sheet.openof', message: '事件和矛盾纠纷（件）' }), 'count', (a) => a.totals.open.of],
    [say(/* i18n */ { id: 'sheet.open', message: '未办结（件）' }), 'count', (a) => measured('open', a.totals)],
    [
      say(/* i18n */ { id: 'sheet.openshare', message: '未办结占比' }),
      'share',
      ({ totals: { open } }) => shareOf(open.total, open.of) ?? '',
    ],
    [
      say(/* i18n */ { id: 'sheet.perthousand', message: '每千户上报（件）' }),
      'rate',
      ({ totals }) => (totals.households === null ? null : (perThousandOf(totals) ?? '')),
    ],
    [say(/* i18n */ { id: 'sheet.unlocated', message: '未上图（件）' }), 'count', (a) => a.totals.reports.unlocated],
    [say(/* i18n */ { id: 'sheet.fulltime', message: '专职在册（人）' }), 'count', staff('full_time')],
    [say(/* i18n */ { id: 'sheet.fulltimeonpost', message: '专职在岗（人）' }), 'count', staff('full_time_on_post')],
    [say(/* i18n */ { id: 'sheet.stability', message: '创稳在册（人）' }), 'count', staff('stability')],
    [say(/* i18n */ { id: 'sheet.stabilityonpost', message: '创稳在岗（人）' }), 'count', staff('stability_on_post')],
    [say(/* i18n */ { id: 'sheet.auxiliary', message: '辅助在册（人）' }), 'count', staff('auxiliary')],
    [say(/* i18n */ { id: 'sheet.auxiliaryonpost', message: '辅助在岗（人）' }), 'count', staff('auxiliary_on_post')],
    ...words.categories.map(
      ({ code, name, name_en }): Reads => [
        say(
          /* i18n */ { id: 'sheet.ofcategory', message: '{category}（件）' },
          { category: formats.lang === 'en' ? name_en : name },
        ),
        'count',
        (a) => a.totals.by_category[code] ?? 0,
      ],
    ),
  ];
  return {
    name,
    columns: columns.map(([header, kind]) => ({ header, kind })),
    rows: areas.map((area) => columns.map(([, , read]) => read(area))),
  };
}

const staff =
  (count: keyof NonNullable<AreaNode['totals']['staff']>) =>
  ({ totals }: AreaNode): Cell =>
    totals.staff?.[count] ?? null;
