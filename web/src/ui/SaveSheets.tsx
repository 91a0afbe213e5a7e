import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import css from './CopyText.module.css';
import { Icon } from './Icon.tsx';

/** Downloads what stands here as a workbook. */
export function SaveSheets({ of, save }: { of: string; save: () => Promise<void> }) {
  const { t } = useLingui();
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  return (
    <button
      type="button"
      className={css.copy}
      disabled={state === 'busy'}
      onClick={() => {
        setState('busy');
        void save().then(
          () => setState('idle'),
          () => setState('failed'),
        );
      }}
      aria-label={t`导出 XLSX：${of}`}
      title={t`导出 XLSX`}
    >
      <Icon name="sheet" size={15} />
      <span aria-hidden="true">{state === 'failed' ? t`未能导出` : 'XLSX'}</span>
      <span className="sr" role="status">
        {state === 'failed' ? t`未能导出，请重试` : ''}
      </span>
    </button>
  );
}
