/** Light or dark: the address decides, then what the reader chose last, then the system. */
import { useMediaQuery } from '@mantine/hooks';
import { THEMES, type Theme } from './url.ts';

const KEPT = 'wangge.theme';

export function keepTheme(theme: Theme): void {
  localStorage.setItem(KEPT, theme);
}

export function useTheme(fromAddress: Theme | null): { theme: Theme; scheme: 'light' | 'dark' } {
  const dark = useMediaQuery('(prefers-color-scheme: dark)', false, { getInitialValueInEffect: false });
  const kept = THEMES.find((theme) => theme === localStorage.getItem(KEPT));
  const theme = fromAddress ?? kept ?? 'auto';
  return { theme, scheme: theme === 'auto' ? (dark ? 'dark' : 'light') : theme };
}
