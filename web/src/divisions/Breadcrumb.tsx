import { useLingui } from '@lingui/react/macro';
import { useDesk } from '../situation/desk.ts';
import { nameOf, pathOf } from './areas.ts';
import css from './Breadcrumb.module.css';

export function Breadcrumb() {
  const { t } = useLingui();
  const { node, open, formats } = useDesk();
  const path = pathOf(node);
  return (
    <nav className={css.path} aria-label={t`当前区域`}>
      <ol>
        {path.map((area) => (
          <li key={area.code}>
            {area === node ? (
              <span aria-current="location">{nameOf(area, formats.lang)}</span>
            ) : (
              <button type="button" onClick={() => open(area.code)}>
                {nameOf(area, formats.lang)}
              </button>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
