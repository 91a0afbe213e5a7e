import { Trans, useLingui } from '@lingui/react/macro';
import type { Ref } from 'react';
import { Breadcrumb } from '../divisions/Breadcrumb.tsx';
import { SearchBox } from '../divisions/SearchBox.tsx';
import { FreshnessChip } from '../live/FreshnessChip.tsx';
import { activate, keepLanguage } from '../locales/language.ts';
import { Icon } from '../ui/Icon.tsx';
import { Mark } from '../ui/Mark.tsx';
import { useDesk } from './desk.ts';
import { keepTheme, useTheme } from './scheme.ts';
import css from './TopBar.module.css';
import { THEMES } from './url.ts';

export function TopBar({
  searchRef,
  onHelp,
  onPrint,
}: {
  searchRef: Ref<HTMLInputElement>;
  onHelp: () => void;
  onPrint: () => void;
}) {
  const { t, i18n } = useLingui();
  const { county, view, go, formats, time } = useDesk();
  const { theme } = useTheme(view.theme);
  const themeNames = { auto: t`跟随系统`, light: t`浅色`, dark: t`深色` };
  const nextTheme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]!;
  const other = i18n.locale === 'en' ? 'zh-CN' : 'en';
  return (
    <header className={css.bar}>
      <Mark />
      <span className={css.desk} aria-current="page">
        <Trans>态势</Trans>
      </span>
      <Breadcrumb />
      <div className={css.fresh}>
        <FreshnessChip formats={formats} playback={time.playback !== null} />
      </div>
      {county.demonstration_notice && <strong className={css.demo}>{t`演示数据·非真实情况`}</strong>}
      <SearchBox inputRef={searchRef} />
      <div className={css.tools}>
        <button
          type="button"
          onClick={() => {
            keepLanguage(other);
            void activate(other);
            go({ lang: other }, { replace: true });
          }}
          lang={other}
          aria-label={other === 'en' ? 'Switch to English' : '切换为中文'}
        >
          {other === 'en' ? 'EN' : '中'}
        </button>
        <button
          type="button"
          onClick={() => {
            keepTheme(nextTheme);
            go({ theme: nextTheme }, { replace: true });
          }}
          aria-label={t`显示模式：${themeNames[theme]}。切换为${themeNames[nextTheme]}`}
          title={themeNames[theme]}
        >
          <Icon name={theme} />
        </button>
        <button
          type="button"
          className={css.reception}
          aria-pressed={view.reception}
          onClick={() => go({ reception: !view.reception, pick: null })}
          title={view.reception ? t`关闭接待模式` : t`开启接待模式：隐去单件上报，不足3的数写作＜3`}
        >
          <Icon name="guest" />
          <span className={view.reception ? '' : 'sr'}>{t`接待模式`}</span>
        </button>
        <button type="button" onClick={() => go({ view: 'wall' })} aria-label={t`大屏显示`} title={t`大屏显示`}>
          <Icon name="wall" />
        </button>
        <button type="button" onClick={onPrint} aria-label={t`打印`} title={t`打印`}>
          <Icon name="print" />
        </button>
        <button type="button" onClick={onHelp} aria-label={t`键盘快捷键`} title={t`键盘快捷键`} aria-haspopup="dialog">
          <Icon name="keyboard" />
        </button>
      </div>
    </header>
  );
}
