/** The county as a tree: county → township unit → village or community → grid, each in code order. */
import type { Area, OverviewAnswer, Totals } from '@wangge/api/county/schema';

export interface AreaNode {
  readonly code: string;
  readonly name: string;
  readonly name_en: string | null;
  readonly level: Area['level'];
  readonly totals: Totals;
  readonly parent: AreaNode | null;
  readonly children: readonly AreaNode[];
}

export interface AreaTree {
  readonly root: AreaNode;
  readonly byCode: ReadonlyMap<string, AreaNode>;
  /** Empty until the answer by grid is there. */
  readonly grids: readonly AreaNode[];
}

type Growing = AreaNode & { children: Growing[] };

const byCodeOrder = (a: AreaNode, b: AreaNode) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0);

/**
 * `answers`: overviews of the whole county, by township first, then by the finer levels as far as they have come.
 * A part whose parent is not there hangs under the county, so that none disappears.
 */
export function growTree(answers: readonly OverviewAnswer[]): AreaTree | null {
  const first = answers[0];
  if (first === undefined) return null;
  const root: Growing = { ...pick(first.area), totals: first.totals, parent: null, children: [] };
  const byCode = new Map<string, Growing>([[root.code, root]]);
  const grids: Growing[] = [];
  for (const answer of answers) {
    for (const part of answer.parts) {
      const parent = (part.parent_code === null ? undefined : byCode.get(part.parent_code)) ?? root;
      const node: Growing = { ...pick(part), totals: part.totals, parent, children: [] };
      parent.children.push(node);
      byCode.set(node.code, node);
      if (node.level === 'grid') grids.push(node);
    }
  }
  for (const node of byCode.values()) node.children.sort(byCodeOrder);
  grids.sort(byCodeOrder);
  return { root, byCode, grids };
}

const pick = ({ code, name, name_en, level }: Area) => ({ code, name, name_en, level });

/** Ancestors and the node itself, county first. */
export function pathOf(node: AreaNode): AreaNode[] {
  const path: AreaNode[] = [];
  for (let at: AreaNode | null = node; at !== null; at = at.parent) path.unshift(at);
  return path;
}

/** Grids in `node`, itself included where it is one. */
export function gridsIn(node: AreaNode): AreaNode[] {
  return node.level === 'grid' ? [node] : node.children.flatMap(gridsIn);
}

/** The name in the reader's language, else the official one. */
export function nameOf(node: Pick<AreaNode, 'name' | 'name_en'>, lang: string): string {
  return lang === 'en' ? (node.name_en ?? node.name) : node.name;
}
