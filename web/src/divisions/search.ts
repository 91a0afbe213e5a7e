/** Search by code, name or village; no pinyin, no index: a county has some five hundred areas. */
import type { AreaNode } from './areas.ts';

/** Full-width digits and letters, as an input method writes them, are the same as plain ones. */
export const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');

/** Smaller is better; null: no match. */
function rank(node: AreaNode, query: string): number | null {
  if (node.code === query) return 0;
  const name = fold(node.name);
  if (name === query) return 1;
  if (name.startsWith(query)) return 2;
  if (node.code.startsWith(query)) return 3;
  if (name.includes(query) || fold(node.name_en ?? '').includes(query)) return 4;
  // The last digits are what people remember of a code.
  if (/^\d{3,}$/.test(query) && node.code.endsWith(query)) return 5;
  // A grid is found by the village that it lies in.
  if (node.level === 'grid' && node.parent !== null && fold(node.parent.name).includes(query)) return 6;
  return null;
}

const LEVELS: readonly AreaNode['level'][] = ['county', 'township', 'village', 'grid'];

/** The best `limit` matches, best first, then larger areas before smaller, then code order; and how many there are. */
export function searchAreas(
  nodes: Iterable<AreaNode>,
  text: string,
  limit: number,
): { matches: AreaNode[]; total: number } {
  const query = fold(text);
  if (query === '') return { matches: [], total: 0 };
  const found: { node: AreaNode; rank: number }[] = [];
  for (const node of nodes) {
    const r = rank(node, query);
    if (r !== null) found.push({ node, rank: r });
  }
  found.sort(
    (a, b) =>
      a.rank - b.rank ||
      LEVELS.indexOf(a.node.level) - LEVELS.indexOf(b.node.level) ||
      (a.node.code < b.node.code ? -1 : 1),
  );
  return { matches: found.slice(0, limit).map(({ node }) => node), total: found.length };
}

/** Codes of the nodes that a filter keeps: every match and its ancestors. Null where there is no filter. */
export function keptBy(nodes: Iterable<AreaNode>, text: string): { matches: Set<string>; kept: Set<string> } | null {
  const query = fold(text);
  if (query === '') return null;
  const matches = new Set<string>();
  const kept = new Set<string>();
  for (const node of nodes) {
    if (rank(node, query) === null) continue;
    matches.add(node.code);
    for (let at: AreaNode | null = node; at !== null; at = at.parent) kept.add(at.code);
  }
  return { matches, kept };
}
