import { isShown } from '@wangge/geodata/incidents/suppress';
import { useDesk } from '../situation/desk.ts';
import css from './CategoryBars.module.css';

/** All categories of the county's dictionary in its own order; a category without a report is a zero, not missing. */
export function CategoryBars() {
  const { node, county, formats } = useDesk();
  const counts = county.categories.map(({ code }) => node.totals.by_category[code] ?? 0);
  const highest = Math.max(1, ...counts.filter(isShown));
  return (
    <ul className={css.bars}>
      {county.categories.map(({ code, name, name_en }, i) => (
        <li key={code}>
          <span className={css.name}>{formats.lang === 'en' ? name_en : name}</span>
          <span className={css.track} aria-hidden="true">
            <span style={{ width: isShown(counts[i]!) ? `${(counts[i]! / highest) * 100}%` : 0 }} />
          </span>
          <span className={css.value}>{formats.count(counts[i]!)}</span>
        </li>
      ))}
    </ul>
  );
}
