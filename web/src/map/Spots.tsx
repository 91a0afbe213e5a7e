/**
 * Single reports that are to be seen: those that have just come in, and the one whose page is open. Drawn over the map
 * instead of in it: a ring that grows would make MapLibre paint the whole county anew at every frame.
 */
import type { Urgency } from '@wangge/geodata/incidents/incident';
import type { Position } from 'geojson';
import { useEffect, useState } from 'react';
import { polygonsOf, selectedGeometries } from './area.ts';
import type { MapViewProps, Scheme } from './contract.ts';
import { THEME } from './palette.ts';
import style from './Spots.module.css';
import type { Stage } from './stage.ts';
import { projector } from './view.ts';

type Project = (lon: number, lat: number) => readonly [x: number, y: number];

/** A spot in pixels. */
interface Drawn {
  readonly id: number;
  readonly urgency: Urgency;
  /** It is marked, and no pulse. */
  readonly lasting: boolean;
  readonly at: readonly [x: number, y: number] | null;
  readonly outline: string | null;
}

export function Spots({ stage, props }: { stage: Stage; props: MapViewProps }) {
  const { pulses, marked, scheme, reduceMotion } = props;
  const shown = (pulses?.length ?? 0) > 0 || marked;
  const [, redraw] = useState(0);
  useEffect(() => (shown ? stage.listen(() => redraw((n) => n + 1)) : undefined), [stage, shown]);
  if (!shown) return null;
  const { width, height } = stage.size;
  return (
    <svg className={style.sheet} width={width} height={height} aria-hidden="true">
      {spotsOf(props, projector(stage.camera, width, height)).map((spot) => (
        <SpotShape key={`${spot.lasting} ${spot.id}`} spot={spot} scheme={scheme} still={reduceMotion} />
      ))}
    </svg>
  );
}

export function spotsOf({ pulses, marked, grids, divisions }: MapViewProps, project: Project): Drawn[] {
  const all = [...(pulses ?? []).map((spot) => ({ spot, lasting: false }))];
  if (marked) all.push({ spot: marked, lasting: true });
  return all.map(({ spot: { id, urgency, point, area }, lasting }) => ({
    id,
    urgency,
    lasting,
    at: point ? project(...point) : null,
    outline: point || !area ? null : outlineOf(selectedGeometries(grids, divisions, area).flatMap(polygonsOf), project),
  }));
}

/** The rings of polygons as an SVG path. */
export const outlineOf = (polygons: readonly Position[][][], project: Project): string =>
  polygons
    .flat()
    .map((ring) => {
      const at = ring.slice(0, -1).map(([lon, lat]) => {
        const [x, y] = project(lon!, lat!);
        return `${x.toFixed(1)},${y.toFixed(1)}`;
      });
      return `M${at.join('L')}Z`;
    })
    .join('');

/** `small`: on an enlarged quarter. What is more urgent has more rings, not only another colour. */
export function SpotShape({
  spot: { id, urgency, lasting, at, outline },
  scheme,
  still,
  small = false,
}: {
  spot: Drawn;
  scheme: Scheme;
  still: boolean;
  small?: boolean;
}) {
  const theme = THEME[scheme];
  const colour = urgency === 'normal' ? theme.selectedLine : theme.marker[urgency];
  const kind = lasting ? style.marked : still ? style.still : style.pulse;
  const marks = lasting ? { 'data-marked': id } : { 'data-pulse': id };
  if (outline !== null) {
    return (
      <g className={kind} data-outline {...marks}>
        <path d={outline} stroke={theme.casing} strokeWidth={small ? 4 : 6} />
        <path d={outline} stroke={colour} strokeWidth={small ? 1.8 : 2.6} />
      </g>
    );
  }
  if (at === null) return null;
  const radius = (lasting || still ? 13 : 24) * (small ? 0.6 : 1);
  const radii = urgency === 'critical' ? [radius, radius * 0.68] : [radius];
  return (
    <g transform={`translate(${at[0].toFixed(1)} ${at[1].toFixed(1)})`} {...marks}>
      <g className={kind}>
        {radii.map((r) => (
          <g key={r}>
            <circle r={r} stroke={theme.casing} strokeWidth={5} />
            <circle r={r} stroke={colour} strokeWidth={2.2} />
          </g>
        ))}
      </g>
      {!lasting && <circle className={style.core} data-still={still} r={3} fill={colour} stroke={theme.casing} />}
    </g>
  );
}
