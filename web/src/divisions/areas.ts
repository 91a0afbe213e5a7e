/** The county as a tree: county → township unit → village or community → grid, each in code order. */
import type { Area, OverviewAnswer, Totals } from '@wangge/api/county/schema';
import type { IncidentCounts, Places } from '@wangge/geodata/incidents/tally';
import type { AreaRef } from '@wangge/geodata/incidents/within';

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

/** The same areas with other counts of incidents; an area of which there are none keeps its own. */
export function recount(tree: AreaTree, countsOf: (area: AreaNode) => IncidentCounts | undefined): AreaTree {
  const byCode = new Map<string, AreaNode>();
  const copy = (area: AreaNode, parent: AreaNode | null): AreaNode => {
    const children: AreaNode[] = [];
    const node = { ...area, totals: { ...area.totals, ...countsOf(area) }, parent, children };
    byCode.set(node.code, node);
    for (const child of area.children) children.push(copy(child, node));
    return node;
  };
  const root = copy(tree.root, null);
  return { root, byCode, grids: tree.grids.map((grid) => byCode.get(grid.code)!) };
}

/** The areas of a tree as incidents are counted by them, and the id of each grid by its code. */
export interface TreePlaces extends Places {
  readonly idOf: ReadonlyMap<string, number>;
}

/** @param idOf id of each grid by its code; a grid that has none is left out. */
export function placesOf(tree: AreaTree, idOf: ReadonlyMap<string, number>): TreePlaces {
  const divisions = [...tree.byCode.values()].filter((area) => area.level !== 'grid');
  return {
    divisions: divisions.map((area) => ({ code: area.code, parent_code: area.parent?.code ?? null })),
    grids: tree.grids.flatMap((grid) => {
      const id = idOf.get(grid.code);
      return id === undefined ? [] : [{ id, village_code: grid.parent?.code ?? tree.root.code }];
    }),
    idOf,
  };
}

/** An area as `rowsWithin` takes it; a grid without an id holds nothing. */
export const areaRef = (area: AreaNode, { idOf }: TreePlaces): AreaRef =>
  area.level === 'grid' ? { grid: idOf.get(area.code) ?? -1 } : { division: area.code };

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
