/** Sheets as a workbook. Loaded when one is asked for, never with the page. */
import writeExcelFile from 'write-excel-file/universal';
import type { Cell, ColumnKind, Sheet } from './sheet.ts';

const FORMAT: Record<ColumnKind, string> = {
  // "Text" in Excel's own words: such a cell is never read as a formula, not even when somebody edits it.
  text: '@',
  code: '@',
  count: '#,##0',
  rate: '#,##0.0',
  share: '0.0%',
  area: '#,##0.000',
};

/** What stands in a cell without a number. */
export interface CellWords {
  readonly noData: string;
  /** The sign of a withheld count. */
  readonly withheld: (count: number) => string;
}

/** One header row a sheet, which stays in view; numbers as numbers, everything else as text. */
export function xlsxOf(sheets: readonly Sheet[], words: CellWords): Promise<Blob> {
  return writeExcelFile(
    sheets.map(({ name, columns, rows }) => ({
      sheet: name,
      stickyRowsCount: 1,
      columns: columns.map(({ header }, c) => ({
        width: widthOf([header, ...rows.map((row) => row[c] ?? null)], words),
      })),
      data: [
        columns.map(({ header }) => ({ ...text(header), fontWeight: 'bold' as const })),
        ...rows.map((row) => row.map((cell, c) => cellOf(cell, columns[c]!.kind, words))),
      ],
    })),
  ).toBlob();
}

const text = (value: string) => ({ value, type: String, format: FORMAT.text });

function cellOf(cell: Cell, kind: ColumnKind, words: CellWords) {
  if (typeof cell === 'number' && Number.isFinite(cell)) return { value: cell, type: Number, format: FORMAT[kind] };
  const shown = textOf(cell, words);
  // The writer takes no empty text.
  return shown === '' ? null : text(shown);
}

const textOf = (cell: Cell, words: CellWords): string =>
  cell === null ? words.noData : typeof cell === 'string' ? cell : words.withheld(cell);

const WIDEST = 60;

/** In characters; an ideograph takes two. */
function widthOf(cells: readonly Cell[], words: CellWords): number {
  let most = 0;
  for (const cell of cells) {
    const shown = typeof cell === 'number' && Number.isFinite(cell) ? cell.toFixed(1) : textOf(cell, words);
    let width = 0;
    for (const sign of shown) width += sign.charCodeAt(0) < 0x2000 ? 1 : 2;
    most = Math.max(most, width);
  }
  return Math.min(most + 2, WIDEST);
}
