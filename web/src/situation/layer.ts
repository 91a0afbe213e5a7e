/** Layers of the map that can be switched, in the order of the switch. */
export const LAYERS = ['fill', 'heat', 'points', 'coverage', 'staffing', 'centres', 'dwellings', 'labels'] as const;
export type Layer = (typeof LAYERS)[number];
export const DEFAULT_LAYERS: readonly Layer[] = ['fill', 'points', 'labels'];
