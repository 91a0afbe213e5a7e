/** The tree as strangers may see it (接待模式): counts below three, and those that would give them away, are withheld. */
import type { Totals } from '@wangge/api/county/schema';
import { type Line, suppress } from '@wangge/geodata/incidents/suppress';
import type { AreaNode, AreaTree } from './areas.ts';

/** The counts about people in a node's totals; grids, posts and centres are the county's own and stay as they are. */
const COUNTS = [
  'reports',
  'collection',
  'event',
  'dispute',
  'unlocated',
  'resolved',
  'unresolved',
  'open',
  'ended',
  'openOf',
  'households',
  'population',
] as const;
type Count = (typeof COUNTS)[number];

/** Counts that no screen shows, but that are what remains of two that are shown. */
const REMAINDERS: ReadonlySet<Count> = new Set(['unresolved', 'ended']);

function countsOf({ reports, disputes, open, households, population }: Totals): Record<Count, number> {
  return {
    reports: reports.total,
    collection: reports.collection,
    event: reports.event,
    dispute: disputes.total,
    unlocated: reports.unlocated,
    resolved: disputes.resolved,
    unresolved: disputes.total - disputes.resolved,
    open: open.total,
    ended: open.of - open.total,
    openOf: open.of,
    households: households ?? 0,
    population: population ?? 0,
  };
}

/** Which counts of one area add up to which. */
const SUMS: readonly (readonly [total: Count, parts: readonly Count[]])[] = [
  ['reports', ['collection', 'event', 'dispute']],
  ['reports', ['collection', 'openOf']],
  ['openOf', ['event', 'dispute']],
  ['dispute', ['resolved', 'unresolved']],
  ['openOf', ['open', 'ended']],
];

/**
 * The same tree with `FEW` and `LEFT_OUT` for counts that are not to be shown (see `suppress`): in one go over all areas
 * and all counts, so that a number that is withheld in one table stands in no other. No data stays no data.
 */
export function suppressTree(tree: AreaTree): AreaTree {
  const nodes = [...tree.byCode.values()];
  const categories = Object.keys(tree.root.totals.by_category);
  const stride = COUNTS.length + categories.length;
  const cells = new Float64Array(nodes.length * stride);
  const first = new Map(nodes.map((node, i) => [node.code, i * stride]));
  const lines: Line[] = [];
  for (const node of nodes) {
    const at = first.get(node.code)!;
    const counts = countsOf(node.totals);
    COUNTS.forEach((name, k) => {
      cells[at + k] = counts[name];
    });
    categories.forEach((code, k) => {
      cells[at + COUNTS.length + k] = node.totals.by_category[code] ?? 0;
    });
    const cell = (name: Count) => at + COUNTS.indexOf(name);
    for (const [total, parts] of SUMS) lines.push({ total: cell(total), parts: parts.map(cell) });
    lines.push({ total: cell('reports'), parts: categories.map((_, k) => at + COUNTS.length + k) });
    if (node.children.length === 0) continue;
    for (let k = 0; k < stride; k++) {
      if (k < COUNTS.length && REMAINDERS.has(COUNTS[k]!)) continue;
      lines.push({ total: at + k, parts: node.children.map((child) => first.get(child.code)! + k) });
    }
  }
  const shown = suppress(cells, lines);

  const totalsOf = (node: AreaNode): Totals => {
    const at = first.get(node.code)!;
    const count = (name: Count) => shown[at + COUNTS.indexOf(name)]!;
    const { totals } = node;
    return {
      ...totals,
      households: totals.households === null ? null : count('households'),
      population: totals.population === null ? null : count('population'),
      reports: {
        total: count('reports'),
        collection: count('collection'),
        event: count('event'),
        dispute: count('dispute'),
        unlocated: count('unlocated'),
      },
      disputes: { total: count('dispute'), resolved: count('resolved') },
      open: { total: count('open'), of: count('openOf') },
      by_category: Object.fromEntries(categories.map((code, k) => [code, shown[at + COUNTS.length + k]!])),
    };
  };
  type Growing = AreaNode & { children: Growing[] };
  const byCode = new Map<string, Growing>();
  const copy = (node: AreaNode, parent: AreaNode | null): Growing => {
    const made: Growing = { ...node, totals: totalsOf(node), parent, children: [] };
    byCode.set(node.code, made);
    made.children = node.children.map((child) => copy(child, made));
    return made;
  };
  const root = copy(tree.root, null);
  return { root, byCode, grids: tree.grids.map(({ code }) => byCode.get(code)!) };
}
