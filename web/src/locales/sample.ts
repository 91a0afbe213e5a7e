/** Both languages as the catalogues have them, for tests: the sources are untransformed, the catalogue is read as text. */
import { readFileSync } from 'node:fs';
import { setupI18n } from '@lingui/core';
import { formatsFor } from '../ui/format.ts';
import { sayIn, type Telling } from './say.ts';

const STRINGS = '((?:"(?:[^"\\\\]|\\\\.)*"\\n?)+)';
const ENTRY = new RegExp(`^msgid ${STRINGS}msgstr ${STRINGS}`, 'gm');
const textOf = (lines: string) => lines.replace(/"\n"/g, '').trim();

function englishMessages(): Record<string, string> {
  const po = readFileSync(new URL('en.po', import.meta.url), 'utf8');
  return Object.fromEntries(
    [...po.matchAll(ENTRY)].map(([, id, text]) => [JSON.parse(textOf(id!)), JSON.parse(textOf(text!))]),
  );
}

const languages = {
  'zh-CN': setupI18n({ locale: 'zh-CN', messages: { 'zh-CN': {} } }),
  en: setupI18n({ locale: 'en', messages: { en: englishMessages() } }),
};

/** How figures of `period` are told in a language; days in the time of China. */
export const telling = (lang: 'zh-CN' | 'en', period: string): Telling => ({
  say: sayIn(languages[lang]),
  formats: formatsFor(lang, 'Asia/Shanghai'),
  period,
});
