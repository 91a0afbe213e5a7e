/** Which area a click on a grid selects, and which one Escape returns to. */
import type { DivisionFeatures, GridProperties, Selection } from './contract.ts';

/**
 * One level deeper inside the selected area; outside it, the township that was clicked. A grid belongs to the township
 * that manages it, whatever its code begins with.
 */
export function drillDown(selected: Selection, grid: GridProperties): Selection {
  const township: Selection = { level: 'township', code: grid.managing_township_code };
  const village: Selection = { level: 'village', code: grid.village_code };
  const itself: Selection = { level: 'grid', code: grid.code };
  switch (selected.level) {
    case 'county':
      return township;
    case 'township':
      return selected.code === township.code ? village : township;
    case 'village':
      if (selected.code === village.code) return itself;
      return township;
    case 'grid':
      return itself;
  }
}

/** @returns null at the top. */
export function drillUp(
  selected: Selection,
  divisions: DivisionFeatures,
  gridOf: (code: string) => GridProperties | undefined,
): Selection | null {
  if (selected.level === 'county') return null;
  if (selected.level === 'grid') {
    const grid = gridOf(selected.code);
    return grid ? { level: 'village', code: grid.village_code } : null;
  }
  const parent = divisions.features.find((f) => f.properties.code === selected.code)?.properties.parent_code;
  if (!parent) return null;
  return { level: selected.level === 'village' ? 'township' : 'county', code: parent };
}
