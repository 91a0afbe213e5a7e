import { createRootRoute, createRoute, createRouter, useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { Situation } from './Situation.tsx';
import { parseSearch, parseView, type Search, searchOf, stringifySearch, type ViewState } from './url.ts';

const root = createRootRoute({ notFoundComponent: () => <Situation /> });
const index = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: Situation,
  validateSearch: (search: Record<string, unknown>): Search => search as Search,
});

export const router = createRouter({
  routeTree: root.addChildren([index]),
  parseSearch,
  stringifySearch: (search) => stringifySearch(search),
  // The page never scrolls as a whole.
  scrollRestoration: false,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

/** The state in the address, and the one way to change it. */
export function useView(): {
  view: ViewState;
  go: (patch: Partial<ViewState>, options?: { replace?: boolean }) => void;
} {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const view = useMemo(() => parseView(search), [search]);
  const go = useCallback(
    (patch: Partial<ViewState>, options: { replace?: boolean } = {}) => {
      void navigate({
        to: '/',
        // From the address as it is now: two changes in one tick must not undo each other.
        search: (now: Search) => searchOf({ ...parseView(now), ...patch }),
        replace: options.replace ?? false,
      });
    },
    [navigate],
  );
  return { view, go };
}
