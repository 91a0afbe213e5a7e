import type { IncidentColumns } from '@wangge/geodata/incidents/columns';
import { useCallback } from 'react';
import { useDesk } from '../situation/desk.ts';
import { lineOf } from './latest.ts';
import { useCategoryName } from './names.ts';
import { usePlaceOf } from './place.ts';
import type { ToldReport } from './sentence.ts';
import { useIncidentWords } from './words.ts';

/** A row of the columns in the reader's words. */
export function useTold(columns: IncidentColumns): (row: number) => ToldReport {
  const { formats } = useDesk();
  const words = useIncidentWords();
  const categoryName = useCategoryName();
  const placeOf = usePlaceOf(columns);
  return useCallback(
    (row) => {
      const { at, category, kind, urgency, state } = lineOf(columns, row);
      return {
        at: formats.moment(at),
        category: categoryName(category),
        kind: words.kind[kind],
        urgency: words.urgency[urgency],
        state: words.state[state],
        place: placeOf(row),
      };
    },
    [columns, formats, categoryName, words, placeOf],
  );
}
