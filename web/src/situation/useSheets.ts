import { useLingui } from '@lingui/react/macro';
import { areasSheet } from '../divisions/sheets.ts';
import { categoriesSheet } from '../incidents/sheets.ts';
import { coverageSheet } from '../staffing/sheets.ts';
import type { Sheet } from '../ui/sheet.ts';
import { useDesk } from './desk.ts';
import { useExports } from './useExports.ts';
import { useWords } from './words.ts';
import { figuresSheet } from './workbook.ts';

/** All figures of the selected area, a table each, made when they are asked for. */
export function useSheets(): () => readonly Sheet[] {
  const { t } = useLingui();
  const words = useWords();
  const { node, county } = useDesk();
  const { telling } = useExports();
  const { coverage, gridClass } = words;
  return () => {
    const sheets = [
      figuresSheet(telling, node),
      categoriesSheet(telling, node, county.categories),
      coverageSheet(telling, node, coverage),
    ];
    if (node.children.length > 0) {
      const areaWords = { coverage, gridClass, categories: county.categories };
      sheets.push(areasSheet(telling, t`区域`, node.children, areaWords));
    }
    return sheets;
  };
}
