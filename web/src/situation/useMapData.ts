/** What the map draws, from the desk's state: fetched only when its layer is on. */
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { Bbox } from '@wangge/geodata/incidents/density';
import { density, densityFrame } from '@wangge/geodata/incidents/density';
import { breaksOfAtLeast, densityClasses } from '@wangge/geodata/incidents/density-classes';
import { LEAST_SHOWN } from '@wangge/geodata/incidents/suppress';
import { useMemo } from 'react';
import { centresQuery } from '../centres/queries.ts';
import { divisionsQuery } from '../divisions/queries.ts';
import { dwellingsQuery } from '../dwellings/queries.ts';
import { gridsQuery } from '../grids/queries.ts';
import type { HeatPicture, MapLayers, Scheme } from '../map/contract.ts';
import { COVERAGE, sequential, THEME } from '../map/palette.ts';
import { staffingQuery } from '../staffing/queries.ts';
import { useDesk } from './desk.ts';
import { type Layer, POINT_LAYERS } from './layer.ts';
import { COVERAGE_CLASSES, type Measure } from './measure.ts';
import { pickedShade, shadeOf } from './pick.ts';

/** Heat: metres on the ground; printed in the legend. */
export const BANDWIDTH_M = 1500;
const CELL_M = 250;

const HUE = { reports: 'count', per1000: 'rate', open: 'count', staff: 'staff' } as const satisfies Record<
  Exclude<Measure, 'coverage'>,
  string
>;

/** One colour a class, first class first. */
export function coloursOf(measure: Measure, count: number, scheme: Scheme): readonly string[] {
  if (measure === 'coverage') {
    return COVERAGE_CLASSES.filter((c) => c !== 'unknown').map((c) => COVERAGE[scheme][c].fill);
  }
  return count === 0 ? [] : sequential(HUE[measure], count, scheme);
}

export function useShading(scheme: Scheme): { shades: ReadonlyMap<string, number | null>; palette: readonly string[] } {
  const { tree, view, values, classes } = useDesk();
  const shades = useMemo(
    () =>
      new Map(
        tree.grids.map((grid) => [grid.code, shadeOf(view.measure, grid, values.get(grid.code) ?? null, classes)]),
      ),
    [tree, view.measure, values, classes],
  );
  const palette = useMemo(() => {
    const colours = coloursOf(view.measure, classes.length, scheme);
    const picked = pickedShade(view.measure, view.pick, classes);
    // The picked class keeps its colour, the others step back to bare land.
    return picked === undefined ? colours : colours.map((c, i) => (i === picked ? c : THEME[scheme].land));
  }, [view.measure, view.pick, classes, scheme]);
  return { shades, palette };
}

/** The heat of the period over the whole county, so that the colour of a place does not depend on what is selected. */
export function useHeat(on: boolean): HeatPicture | null {
  const { county, countyRows: columns, view } = useDesk();
  return useMemo(() => {
    if (!on || !columns) return null;
    const raster = density(columns, densityFrame(county.bbox as Bbox, CELL_M, BANDWIDTH_M));
    const breaks = densityClasses(raster.values);
    return { density: raster, breaks: view.reception ? breaksOfAtLeast(LEAST_SHOWN, breaks, BANDWIDTH_M) : breaks };
  }, [on, columns, county.bbox, view.reception]);
}

export function useMapLayers(): MapLayers {
  const { view } = useDesk();
  return useMemo(() => {
    // Points stand for single persons.
    const on = (layer: Layer) => view.layers.includes(layer) && !(view.reception && POINT_LAYERS.has(layer));
    return {
      fill: on('fill'),
      heat: on('heat'),
      points: on('points'),
      staffing: on('staffing'),
      coverage: on('coverage') || (view.measure === 'coverage' && on('fill') && view.pick === null),
      labels: on('labels'),
      centres: on('centres'),
      dwellings: on('dwellings'),
    };
  }, [view]);
}

export function useMapData() {
  const { formats, countyRows } = useDesk();
  const layers = useMapLayers();
  const grids = useQuery(gridsQuery);
  const divisions = useQuery(divisionsQuery);
  const staffing = useQuery({ ...staffingQuery, enabled: layers.staffing });
  const centres = useQuery({ ...centresQuery, enabled: layers.centres });
  const dwellings = useQuery({ ...dwellingsQuery, enabled: layers.dwellings });
  const heat = useHeat(layers.heat);
  const incidents = useMemo(
    () => (layers.points && countyRows ? { columns: countyRows, rows: null } : null),
    [layers.points, countyRows],
  );
  const named = useMemo(() => {
    if (!divisions.data || formats.lang !== 'en') return divisions.data ?? null;
    const features = divisions.data.features.map((feature) => {
      const { name_en } = feature.properties;
      return name_en ? { ...feature, properties: { ...feature.properties, short_name: name_en } } : feature;
    });
    return { ...divisions.data, features };
  }, [divisions.data, formats.lang]);
  return {
    layers,
    grids: grids.data ?? null,
    divisions: named,
    failed: grids.isError || divisions.isError,
    retry: () => {
      void grids.refetch();
      void divisions.refetch();
    },
    heat,
    incidents,
    staffing: layers.staffing ? (staffing.data ?? null) : null,
    centres: layers.centres ? (centres.data ?? null) : null,
    dwellings: layers.dwellings ? (dwellings.data ?? null) : null,
  };
}

/** Pixels of the page that panels cover; the same numbers as in theme.css. */
export function usePadding(
  narrow: boolean,
  whole: boolean,
): { left: number; right: number; top: number; bottom: number } {
  const compact = useMediaQuery('(max-width: 1500px)', false, { getInitialValueInEffect: false });
  return useMemo(() => {
    if (narrow) return { left: 12, right: 12, top: 90, bottom: 64 };
    const gap = compact ? 10 : 12;
    return {
      left: (compact ? 260 : 284) + 2 * gap,
      right: (compact ? 304 : 336) + 2 * gap,
      top: 52 + 2 * gap + 42,
      // The legend stands over the lower left; the county's outline leaves that corner free, its parts do not.
      bottom: (compact ? 116 : 132) + gap + (whole ? 50 : 160),
    };
  }, [narrow, whole, compact]);
}
