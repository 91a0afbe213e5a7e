import { FEW, LEFT_OUT } from '@wangge/geodata/incidents/suppress';
import { strFromU8, unzipSync } from 'fflate';
import readExcelFile from 'read-excel-file/universal';
import { expect, test } from 'vitest';
import { formatsFor } from './format.ts';
import { fileNameOf, type Sheet } from './sheet.ts';
import { xlsxOf } from './xlsx.ts';

const words = { noData: '无数据', withheld: formatsFor('zh-CN', 'Asia/Shanghai').count };
const sheet: Sheet = {
  name: '区域',
  columns: [
    { header: '编码', kind: 'code' },
    { header: '名称', kind: 'text' },
    { header: '上报', kind: 'count' },
    { header: '化解率', kind: 'share' },
  ],
  rows: [
    ['620622103001001', '明珠社区第1网格', 1418, 0.981],
    ['007', '=HYPERLINK("http://example.org")', FEW, LEFT_OUT],
    ['+1', '-2+3', null, 0],
    ['@SUM(A1)', '', 0, 1],
  ],
};

test('codes stay text, numbers are numbers, no data and withheld counts are said in words', async () => {
  const read = await readExcelFile(await xlsxOf([sheet, { ...sheet, name: '说明', rows: [] }], words));
  expect(read.map(({ sheet }) => sheet)).toEqual(['区域', '说明']);
  expect(read[0]!.data).toEqual([
    ['编码', '名称', '上报', '化解率'],
    ['620622103001001', '明珠社区第1网格', 1418, 0.981],
    ['007', '=HYPERLINK("http://example.org")', '＜3', '＊'],
    ['+1', '-2+3', '无数据', 0],
    ['@SUM(A1)', null, 0, 1],
  ]);
});

test('no cell is a formula', async () => {
  const bytes = new Uint8Array(await (await xlsxOf([sheet], words)).arrayBuffer());
  const files = unzipSync(bytes);
  const xml = strFromU8(files['xl/worksheets/sheet1.xml']!);
  expect(xml).toContain('<c ');
  expect(xml).not.toContain('<f>');
});

test('a file name has no sign that a file system refuses', () => {
  expect(fileNameOf(['古浪县', '古浪/大靖:镇', '近30天', ''], 'xlsx')).toBe('古浪县_古浪-大靖-镇_近30天.xlsx');
});
