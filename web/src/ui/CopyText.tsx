import { useLingui } from '@lingui/react/macro';
import { Popover } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import css from './CopyText.module.css';
import { Icon } from './Icon.tsx';

/** How long the button says that it has copied. */
const SAID_MS = 2500;

/**
 * 复制文字: a figure as a sentence ready for a report. Where the browser does not let a page write to the clipboard, as
 * over plain HTTP, the sentence is shown, selected, to be copied by hand.
 */
export function CopyText({ of, text }: { of: string; text: () => string }) {
  const { t } = useLingui();
  const [copied, setCopied] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SAID_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    const words = text();
    const done = await navigator.clipboard?.writeText(words).then(
      () => true,
      () => false,
    );
    setCopied(done === true);
    setShown(done === true ? null : words);
  };
  return (
    <Popover
      opened={shown !== null}
      onChange={(opened) => {
        if (!opened) setShown(null);
      }}
      position="bottom-end"
      trapFocus
      withinPortal
      width={360}
    >
      <Popover.Target>
        <button
          type="button"
          className={css.copy}
          data-copied={copied}
          onClick={() => void copy()}
          aria-label={t`复制文字：${of}`}
          title={t`复制文字`}
        >
          <Icon name={copied ? 'check' : 'copy'} size={15} />
          {copied && <span aria-hidden="true">{t`已复制`}</span>}
          <span className="sr" role="status">
            {copied ? t`已复制：${of}` : ''}
          </span>
        </button>
      </Popover.Target>
      <Popover.Dropdown className={css.box!}>
        <textarea
          ref={box}
          data-autofocus
          readOnly
          rows={6}
          value={shown ?? ''}
          aria-label={t`文字：${of}`}
          onFocus={(event) => event.currentTarget.select()}
        />
        <p>{t`请按 Ctrl+C 复制`}</p>
      </Popover.Dropdown>
    </Popover>
  );
}
