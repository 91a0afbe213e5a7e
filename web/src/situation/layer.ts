/** Layers of the map that can be switched, in the order of the switch. */
export const LAYERS = ['fill', 'heat', 'points', 'coverage', 'staffing', 'centres', 'dwellings', 'labels'] as const;
export type Layer = (typeof LAYERS)[number];
/** Layers of single reports, workers and households; 接待模式 shows none of them. */
export const POINT_LAYERS: ReadonlySet<Layer> = new Set(['points', 'staffing', 'dwellings']);
export const DEFAULT_LAYERS: readonly Layer[] = ['fill', 'points', 'labels'];
