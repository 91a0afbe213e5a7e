/** What the map draws, from the desk's state: fetched only when its layer is on. */
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { Bbox } from '@wangge/geodata/incidents/density';
import { density, densityFrame } from '@wangge/geodata/incidents/density';
import { breaksOfAtLeast, densityClasses } from '@wangge/geodata/incidents/density-classes';
import { filterKey } from '@wangge/geodata/incidents/filter';
import { LEAST_SHOWN } from '@wangge/geodata/incidents/suppress';
import { useMemo, useRef } from 'react';
import { centresQuery } from '../centres/queries.ts';
import { divisionsQuery } from '../divisions/queries.ts';
import { dwellingsQuery } from '../dwellings/queries.ts';
import { gridsQuery } from '../grids/queries.ts';
import type { Held } from '../incidents/held.ts';
import type { HeatPicture, MapLayers, Scheme } from '../map/contract.ts';
import { COVERAGE, sequential, THEME } from '../map/palette.ts';
import { staffingQuery } from '../staffing/queries.ts';
import { rowsAt } from './counted.ts';
import { useDesk } from './desk.ts';
import { type Layer, POINT_LAYERS } from './layer.ts';
import { COVERAGE_CLASSES, type Measure } from './measure.ts';
import { pickedShade, shadeOf } from './pick.ts';
import { samplesOf } from './playback.ts';
import { SAMPLES } from './useScale.ts';

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

/**
 * The heat of the window over the whole county, so that the colour of a place does not depend on what is selected. Its
 * classes are those of the window at rest; a playback takes them once from all that it will show.
 */
export function useHeat(on: boolean): HeatPicture | null {
  const { county, countyRows, held, filter, time, view } = useDesk();
  const { playback, moving } = time;
  const { bbox } = county;
  const frame = useMemo(() => densityFrame(bbox as Bbox, CELL_M, BANDWIDTH_M), [bbox]);
  const raster = useMemo(() => (on && countyRows ? density(countyRows, frame) : null), [on, countyRows, frame]);
  const first = playback?.first;
  const range = playback?.range;
  const source = useRef<Held | null>(null);
  if (first === undefined) source.current = null;
  else source.current ??= held;
  const played = useMemo(() => {
    if (!on || !first || !range || source.current === null) return null;
    const { current } = source;
    const highest = samplesOf(first, range, SAMPLES).map((window) =>
      density(rowsAt(current, window, filter), frame).values.reduce((most, value) => Math.max(most, value), 0),
    );
    return densityClasses(Float32Array.from(highest));
  }, [on, first, range, filter, frame]);
  const rested = useRef<readonly number[] | null>(null);
  const key = filterKey(filter);
  const restedFor = useRef(key);
  const own = useMemo(() => (raster ? densityClasses(raster.values) : null), [raster]);
  if (!moving || rested.current === null || restedFor.current !== key) {
    rested.current = own;
    restedFor.current = key;
  }
  const breaks = played ?? rested.current;
  const { reception } = view;
  return useMemo(() => {
    if (!raster || !breaks) return null;
    return { density: raster, breaks: reception ? breaksOfAtLeast(LEAST_SHOWN, breaks, BANDWIDTH_M) : breaks };
  }, [raster, breaks, reception]);
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

export function useMapData(heat: HeatPicture | null) {
  const { formats, countyRows } = useDesk();
  const layers = useMapLayers();
  const grids = useQuery(gridsQuery);
  const divisions = useQuery(divisionsQuery);
  const staffing = useQuery({ ...staffingQuery, enabled: layers.staffing });
  const centres = useQuery({ ...centresQuery, enabled: layers.centres });
  const dwellings = useQuery({ ...dwellingsQuery, enabled: layers.dwellings });
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
  filtered: boolean,
  heat: boolean,
): { left: number; right: number; top: number; bottom: number } {
  const compact = useMediaQuery('(max-width: 1500px)', false, { getInitialValueInEffect: false });
  return useMemo(() => {
    if (narrow) return { left: 12, right: 12, top: filtered ? 120 : 90, bottom: 64 };
    const gap = compact ? 10 : 12;
    return {
      left: (compact ? 260 : 284) + 2 * gap,
      right: (compact ? 304 : 336) + 2 * gap,
      top: 52 + 2 * gap + 42 + (filtered ? 30 : 0),
      // The legend stands over the lower left; the county's outline leaves that corner free, its parts do not.
      bottom: (compact ? 116 : 132) + gap + (whole ? 72 : 160) + (heat && !whole ? 88 : 0),
    };
  }, [narrow, whole, filtered, heat, compact]);
}
