import type { Mesh } from '../mesh/mesh.ts';
import { contacts } from './contacts.ts';
import { errorAt, type Issue } from './issue.ts';

/**
 * Two edges that meet other than in a common node: they cross, of different cells or of one (a bow-tie), or a node lies on
 * an edge that does not have it (a T-junction). The latter may cover the land without a gap and still comes apart when
 * the node moves; PostGIS' coverage functions at tolerance 0 do not see it.
 */
export function crossingIssues(mesh: Mesh): Issue[] {
  const { crossings, junctions } = contacts(mesh);
  return [...crossings, ...junctions].map(({ cells, at }) => errorAt('crossing', cells, at));
}
