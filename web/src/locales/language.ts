import { i18n } from '@lingui/core';
import { LANGUAGES, type Language } from '../situation/url.ts';

const KEPT = 'wangge.lang';

/** The address decides, then what the reader chose last, then the browser; Chinese where none of them says English. */
export function preferredLanguage(fromAddress: Language | null): Language {
  if (fromAddress !== null) return fromAddress;
  const kept = LANGUAGES.find((lang) => lang === localStorage.getItem(KEPT));
  if (kept !== undefined) return kept;
  const first = navigator.languages.find((lang) => /^(zh|en)\b/i.test(lang));
  return first !== undefined && /^en\b/i.test(first) ? 'en' : 'zh-CN';
}

export function keepLanguage(lang: Language): void {
  localStorage.setItem(KEPT, lang);
}

/** Loads the catalogue and makes it current. */
export async function activate(lang: Language): Promise<void> {
  if (i18n.locale !== lang) {
    const { messages } = await (lang === 'en' ? import('./en.po') : import('./zh-CN.po'));
    i18n.loadAndActivate({ locale: lang, messages });
  }
  document.documentElement.lang = lang;
}
