import { Trans } from '@lingui/react/macro';
import css from './Mark.module.css';

/** The sign and name of the product. */
export function Mark() {
  return (
    <span className={css.mark}>
      <svg width="1.25rem" height="1.25rem" viewBox="0 0 24 24" aria-hidden="true">
        <rect x="8" y="8" width="14" height="14" rx="2.5" className={css.back} />
        <rect x="2" y="2" width="14" height="14" rx="2.5" className={css.front} />
        <rect x="6" y="6" width="6" height="6" rx="1" className={css.hole} />
      </svg>
      <span>
        <Trans context="brand">网格</Trans>
      </span>
    </span>
  );
}
