/** 接待模式: what of the address visitors' eyes may see. */
import type { ViewState } from './url.ts';

/** Without lists and pages of single reports. Layers of points are left out where layers are drawn. */
export const forVisitors = (view: ViewState): ViewState =>
  view.reception ? { ...view, incident: null, since: null, view: view.view === 'list' ? 'map' : view.view } : view;
