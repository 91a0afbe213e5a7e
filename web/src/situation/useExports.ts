import { useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import { sayIn, type Telling } from '../locales/say.ts';
import type { Sheet } from '../ui/sheet.ts';
import { type Basis, type Counted, cited } from './basis.ts';
import { dayOf } from './clock.ts';
import { useDesk } from './desk.ts';
import { isWholeDays, spanOf } from './period.ts';
import { notesSheet, workbookName } from './workbook.ts';

/** The figures of the desk for a report: in words, and as a file. */
export interface Exports {
  readonly telling: Telling;
  readonly basis: Basis;
  /** The sentence with 截至, 口径 and 来源. */
  readonly cite: (sentence: string, counted: Counted) => string;
  /** Downloads sheets, with 说明 behind them, as a workbook. `what`: its part of the file's name; `remarks`: what else is to be said. */
  readonly save: (
    what: string,
    sheets: readonly Sheet[],
    counted: readonly Counted[],
    remarks?: readonly string[],
  ) => Promise<void>;
}

export function useExports(): Exports {
  const { t, i18n } = useLingui();
  const { county, node, overview, formats, periodWords, window, days, filterWords, view } = useDesk();
  return useMemo(() => {
    const period = filterWords === '' ? periodWords : t`${periodWords}（只计${filterWords}）`;
    const telling: Telling = { say: sayIn(i18n), formats, period };
    const today = dayOf(Date.parse(overview.at) / 1000, county.time_zone);
    const basis: Basis = {
      at: formats.moment(overview.at),
      window: isWholeDays(window, county.time_zone)
        ? formats.days(days)
        : formats.hours(spanOf(window, county.time_zone)),
      day: formats.day([today, days.to].sort()[0]!),
      filter: filterWords === '' ? null : filterWords,
      source: county.source_line,
      demonstration: county.demonstration_notice !== null,
      reception: view.reception,
    };
    return {
      telling,
      basis,
      cite: (sentence, counted) => cited(telling.say, sentence, basis, counted),
      save: async (what, sheets, counted, remarks = []) => {
        const notes = notesSheet(telling, county, node, basis, counted, county.attributions, remarks);
        const { xlsxOf } = await import('../ui/xlsx.ts');
        const blob = await xlsxOf([...sheets, notes], { noData: t`无数据`, withheld: formats.count });
        download(blob, workbookName(telling, county, node, what, basis));
      },
    };
  }, [t, i18n, formats, periodWords, filterWords, overview.at, window, days, view.reception, county, node]);
}

function download(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser has taken the address by then; kept for ever it would keep the file in memory.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
