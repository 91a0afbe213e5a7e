import { FEW, LEFT_OUT } from '@wangge/geodata/incidents/suppress';
import readExcelFile from 'read-excel-file/universal';
import { expect, test } from 'vitest';
import type { AreaNode } from '../divisions/areas.ts';
import { sampleArea } from '../divisions/sample.ts';
import { areasSheet } from '../divisions/sheets.ts';
import { categoriesSheet, reportsSheet, stepsSheet, weekSheet } from '../incidents/sheets.ts';
import { telling } from '../locales/sample.ts';
import { coverageSheet } from '../staffing/sheets.ts';
import type { Sheet } from '../ui/sheet.ts';
import { xlsxOf } from '../ui/xlsx.ts';
import type { Basis } from './basis.ts';
import { figuresSheet, notesSheet, workbookName } from './workbook.ts';

const zh = telling('zh-CN', '近30天');
const en = telling('en', 'Last 30 days');
const basis: Basis = {
  at: '2026-07-01 14:00',
  window: '2026年6月2日至7月1日',
  day: '2026年7月1日',
  filter: null,
  source: '按2023年报道总量模拟',
  demonstration: true,
  reception: false,
};
const county = { name: '古浪县', name_en: 'Gulang County' };
const words = {
  coverage: { own: '专职在岗', shared: '代管', vacant: '空岗', unknown: '无数据' },
  gridClass: { community: '社区网格', rural: '农村网格', special: '专属网格' },
  categories: [{ code: 'road', name: '道路交通', name_en: 'Roads' }],
};
const read = async (...sheets: Sheet[]) =>
  readExcelFile(await xlsxOf(sheets, { noData: '无数据', withheld: zh.formats.count }));
const rowOf = (sheet: Sheet, first: string) => sheet.rows.find((row) => row[0] === first);

test('a figure stands beside the name and the number of its denominator', async () => {
  const sheet = figuresSheet(zh, sampleArea());
  expect(rowOf(sheet, '化解矛盾纠纷（件）')).toEqual(['化解矛盾纠纷（件）', 202, '矛盾纠纷（件）', 206, 202 / 206]);
  expect(rowOf(sheet, '未办结（件）')!.slice(1)).toEqual([57, '事件和矛盾纠纷（件）', 427, 57 / 427]);
  expect(rowOf(sheet, '每千户上报（件）')!.slice(1, 4)).toEqual([(1418 / 12_000) * 1000, '常住户数', 12_000]);
  const [page] = await read(sheet);
  expect(page!.data.find((row) => row[0] === '在岗网格员（人）')!.slice(1)).toEqual([
    '无数据',
    '在册网格员（人）',
    '无数据',
    '无数据',
  ]);
});

test('withheld counts are signs in the cells, and so is what comes from them', async () => {
  const area = sampleArea({ disputes: { total: LEFT_OUT, resolved: FEW }, by_category: { road: FEW } });
  const [figures, categories] = await read(figuresSheet(zh, area), categoriesSheet(zh, area, words.categories));
  expect(figures!.data.find((row) => row[0] === '化解矛盾纠纷（件）')!.slice(1)).toEqual([
    '＜3',
    '矛盾纠纷（件）',
    '＊',
    '＊',
  ]);
  expect(categories!.data[1]).toEqual(['道路交通', '＜3', 1418, '＊']);
});

test('areas have one header row, codes as text, and every number of the table', async () => {
  const grid: AreaNode = sampleArea(
    { grids: { total: 1, community: 0, rural: 1, special: 0 }, coverage: { own: 0, shared: 0, vacant: 1, unknown: 0 } },
    { code: '620622103001001', level: 'grid', parent: sampleArea({}, { name: '明珠社区', parent: sampleArea() }) },
  );
  const [townships, grids] = await read(
    areasSheet(zh, '区域', [sampleArea()], words),
    areasSheet(zh, '网格', [grid], words, () => sampleArea()),
  );
  const [head, row] = townships!.data as [string[], unknown[]];
  const cell = (name: string) => row[head.indexOf(name)];
  expect(townships!.data).toHaveLength(2);
  expect([cell('编码'), cell('名称'), cell('空岗（格）'), cell('上报（件）'), cell('道路交通（件）')]).toEqual([
    '620622103',
    '大靖镇',
    2,
    1418,
    709,
  ]);
  expect(cell('专职在册（人）')).toBe('无数据');
  expect(new Set(head).size).toBe(head.length);
  const [gridHead, gridRow] = grids!.data as [string[], unknown[]];
  const gridCell = (name: string) => gridRow[gridHead.indexOf(name)];
  expect([gridCell('编码'), gridCell('管理单位'), gridCell('网格类型'), gridCell('配备状态')]).toEqual([
    '620622103001001',
    '大靖镇',
    '农村网格',
    '空岗',
  ]);
});

test('days, hours, coverage and single reports are tables too', async () => {
  const week = Array.from({ length: 168 }, (_, i) => i);
  const pages = await read(
    stepsSheet(zh, [{ name: '2026-06-02', count: 7 }]),
    weekSheet(zh, week, ['一', '二', '三', '四', '五', '六', '日']),
    coverageSheet(zh, sampleArea(), words.coverage),
    reportsSheet(zh, [
      {
        id: 7,
        at: '2026-07-01 13:20',
        place: '明珠社区',
        category: '道路交通',
        kind: '事件',
        urgency: '紧急',
        state: '办理中',
      },
    ]),
  );
  expect(pages.map(({ sheet }) => sheet)).toEqual(['时间分布', '时段分布', '配备', '上报清单']);
  expect(pages[0]!.data[1]).toEqual(['2026-06-02', 7]);
  expect(pages[1]!.data[7]!.slice(0, 3)).toEqual(['日', 144, 145]);
  expect(pages[1]!.data[0]).toHaveLength(25);
  expect(pages[2]!.data[3]).toEqual(['空岗', 2, 38, 2 / 38]);
  expect(pages[3]!.data[1]![0]).toBe('7');
});

test('the notes say time, counting, source and that the data is synthetic', async () => {
  const [page] = await read(notesSheet(zh, county, sampleArea(), basis, ['both'], ['© contributors, CC BY 4.0']));
  const notes = Object.fromEntries(page!.data as [string, string][]);
  expect(notes).toMatchObject({
    县: '古浪县',
    区域: '大靖镇',
    编码: '620622103',
    时段: '近30天 · 2026年6月2日至7月1日',
    筛选: '未筛选',
    截至: '2026-07-01 14:00',
    来源: '按2023年报道总量模拟（演示数据·非真实情况）',
    署名: '© contributors, CC BY 4.0',
    声明: '演示数据·非真实情况',
  });
  expect(notes.口径).toContain('按发生时间统计，2026年6月2日至7月1日');
  const english = notesSheet(en, county, sampleArea(), { ...basis, demonstration: false }, ['posts'], []);
  expect(english.rows[0]).toEqual(['County', 'Gulang County']);
  expect(JSON.stringify(english)).not.toContain('Demonstration');
});

test('the file is named after county, area, content and window', () => {
  expect(workbookName(zh, county, sampleArea(), '态势', basis)).toBe('古浪县_大靖镇_态势_2026年6月2日至7月1日.xlsx');
  expect(workbookName(en, county, sampleArea({}, { level: 'county' }), 'grids', basis)).toBe(
    'Gulang County_grids_2026年6月2日至7月1日.xlsx',
  );
});
