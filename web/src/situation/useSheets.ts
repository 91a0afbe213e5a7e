import { useLingui } from '@lingui/react/macro';
import { areasSheet } from '../divisions/sheets.ts';
import { rhythmOf, suppressRhythm } from '../incidents/rhythm.ts';
import { categoriesSheet, stepsSheet, weekSheet } from '../incidents/sheets.ts';
import { coverageSheet } from '../staffing/sheets.ts';
import type { Sheet } from '../ui/sheet.ts';
import { offsetAt } from './clock.ts';
import { useDesk } from './desk.ts';
import { useExports } from './useExports.ts';
import { useSteps } from './useSteps.ts';
import { useWords } from './words.ts';
import { figuresSheet } from './workbook.ts';

/** All figures of the selected area, a table each, made when they are asked for. */
export function useSheets(): () => readonly Sheet[] {
  const { t } = useLingui();
  const words = useWords();
  const { node, county, rows, view } = useDesk();
  const { telling } = useExports();
  const stepsOf = useSteps();
  const { coverage, gridClass } = words;
  return () => {
    const sheets = [
      figuresSheet(telling, node),
      categoriesSheet(telling, node, county.categories),
      coverageSheet(telling, node, coverage),
    ];
    const counted = stepsOf();
    if (counted !== null && rows !== null) {
      const week = rhythmOf(rows, (second) => offsetAt(second, county.time_zone));
      const shown = view.reception ? suppressRhythm(week, node.totals.open.of) : week;
      const weekdays = [t`周一`, t`周二`, t`周三`, t`周四`, t`周五`, t`周六`, t`周日`];
      sheets.push(stepsSheet(telling, counted.steps), weekSheet(telling, shown.week, weekdays));
    }
    if (node.children.length > 0) {
      const areaWords = { coverage, gridClass, categories: county.categories };
      sheets.push(areasSheet(telling, t`区域`, node.children, areaWords));
    }
    return sheets;
  };
}
