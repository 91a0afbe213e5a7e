import { useCallback } from 'react';
import { useDesk } from '../situation/desk.ts';

/** Names of categories in the reader's language; a code that the county's dictionary lacks is its own name. */
export function useCategoryName(): (code: string) => string {
  const { county, formats } = useDesk();
  return useCallback(
    (code) => {
      const category = county.categories.find((c) => c.code === code);
      return category === undefined ? code : formats.lang === 'en' ? category.name_en : category.name;
    },
    [county.categories, formats.lang],
  );
}
