import { useLingui } from '@lingui/react/macro';
import { isShown, suppressParts } from '@wangge/geodata/incidents/suppress';
import { windowOf } from '@wangge/geodata/incidents/window';
import { useMemo } from 'react';
import { withinOf } from '../situation/counted.ts';
import { useDesk } from '../situation/desk.ts';
import { toggled } from '../situation/toggled.ts';
import css from './CategoryBars.module.css';

/**
 * All categories of the county's dictionary in its own order; a category without a report is a zero, not missing. A bar
 * filters by its category; the others then stay to be seen and chosen, as they would be without that choice.
 */
export function CategoryBars() {
  const { t } = useLingui();
  const { node, county, formats, view, go, compared } = useDesk();
  const counts = useCounts();
  const then = compared?.tree?.byCode.get(node.code)?.totals.by_category;
  const codes = county.categories.map(({ code }) => code);
  const highest = Math.max(1, ...codes.flatMap((code) => [counts[code] ?? 0, then?.[code] ?? 0]).filter(isShown));
  // A withheld count is no length.
  const widthOf = (count: number) => (isShown(count) ? `${(count / highest) * 100}%` : 0);
  const chosen = view.filter.categories;
  return (
    <ul className={css.bars}>
      {county.categories.map(({ code, name, name_en }) => {
        const count = counts[code] ?? 0;
        const on = chosen?.includes(code) ?? false;
        return (
          <li key={code}>
            <button
              type="button"
              aria-pressed={on}
              data-faded={chosen !== null && !on}
              title={on ? t`取消按此类别筛选` : t`只看此类别`}
              onClick={() => go({ filter: { ...view.filter, categories: toggled(codes, chosen, code) } })}
            >
              <span className={css.name}>{formats.lang === 'en' ? name_en : name}</span>
              <span className={css.track} aria-hidden="true">
                <span style={{ width: widthOf(count) }} />
                {then && chosen === null && isShown(then[code] ?? 0) && (
                  <i style={{ left: widthOf(then[code] ?? 0) }} />
                )}
              </span>
              <span className={css.value}>{formats.count(count)}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** Reports by category as the filter would leave them if it named none. */
function useCounts(): Readonly<Record<string, number>> {
  const { node, filter, held, window, places, view } = useDesk();
  const code = node.code;
  // biome-ignore lint/correctness/useExhaustiveDependencies: an area is what its code says, whatever its figures
  const others = useMemo(() => {
    if (filter.categories === null || held === null || places === null || held.from > window.from) return null;
    const rows = windowOf(withinOf(held, { ...filter, categories: null }, node, places), window.from, window.to);
    const counts = new Uint32Array(rows.categories.length);
    for (let row = 0; row < rows.length; row++) counts[rows.category[row]!]!++;
    const total = counts.reduce((sum, count) => sum + count, 0);
    const shown = view.reception ? suppressParts(counts, total).parts : counts;
    return Object.fromEntries(rows.categories.map((category, i) => [category, shown[i]!]));
  }, [filter, held, window, places, code, view.reception]);
  return others ?? node.totals.by_category;
}
