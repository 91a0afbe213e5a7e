/** The keys of the desk: one table for the listener, the list in the help, and its test. */
export const SHORTCUTS = [
  { keys: ['/'], action: 'search' },
  { keys: ['Escape'], action: 'up' },
  { keys: ['t'], action: 'table' },
  { keys: ['l'], action: 'list' },
  { keys: ['m'], action: 'map' },
  { keys: ['w'], action: 'wall' },
  { keys: ['1', '2', '3', '4', '5'], action: 'measure' },
  { keys: ['h'], action: 'heat' },
  { keys: ['c'], action: 'coverage' },
  { keys: [' '], action: 'play' },
  { keys: [',', '.'], action: 'step' },
  { keys: ['r'], action: 'live' },
  { keys: ['p'], action: 'print' },
  { keys: ['?'], action: 'help' },
] as const;
export type ShortcutAction = (typeof SHORTCUTS)[number]['action'];

/** What a key asks for, and which of its keys it was; null for keys of the browser, of text fields and of the map. */
export function shortcutOf(event: {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly isComposing: boolean;
  readonly inText: boolean;
  /** On a button or the like, which the space bar presses. */
  readonly onControl: boolean;
}): { action: ShortcutAction; nth: number } | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.inText) return null;
  if (event.key === ' ' && event.onControl) return null;
  for (const { keys, action } of SHORTCUTS) {
    const nth = (keys as readonly string[]).indexOf(event.key.length === 1 ? event.key.toLowerCase() : event.key);
    if (nth !== -1) return { action, nth };
  }
  return null;
}
