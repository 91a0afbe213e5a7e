import { defineConfig } from '@lingui/cli';

export default defineConfig({
  sourceLocale: 'zh-CN',
  locales: ['zh-CN', 'en'],
  catalogs: [{ path: '<rootDir>/src/locales/{locale}', include: ['<rootDir>/src'] }],
  format: 'po',
  formatOptions: { lineNumbers: false },
  orderBy: 'messageId',
});
