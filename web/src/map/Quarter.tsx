import { useEffect, useId, useMemo, useRef } from 'react';
import { boundsOf, polygonsOf, selectedGeometries } from './area.ts';
import type { Bounds, GridProperties, MapViewProps } from './contract.ts';
import { drillDown } from './drill.ts';
import type { Inset } from './insets.ts';
import style from './MapView.module.css';
import { COVERAGE, type CoverageLook, THEME } from './palette.ts';
import { outlineOf, SpotShape, spotsOf } from './Spots.tsx';
import { mercator } from './view.ts';

interface Cell {
  readonly grid: GridProperties;
  readonly path: string;
}

/** One quarter, enlarged. */
export function Quarter({ inset, size, props }: { inset: Inset; size: number; props: MapViewProps }) {
  const { grids, divisions, classes, palette, layers, scheme, selected, highlighted } = props;
  const svg = useRef<SVGSVGElement>(null);
  const latest = useRef(props);
  const id = useId();
  const cells = useMemo(() => cellsIn(grids, inset.bounds, size), [grids, inset.bounds, size]);
  const township = useMemo(
    () =>
      selectedGeometries(grids, divisions, { level: 'township', code: inset.code })
        .map((geometry) => pathOf(polygonsOf(geometry), inset.bounds, size))
        .join(''),
    [grids, divisions, inset, size],
  );
  const theme = THEME[scheme];
  const cover = COVERAGE[scheme];

  useEffect(() => {
    latest.current = props;
  });
  // For the mouse only: by keyboard and screen reader the same grids stand in the tree, so the drawing offers no stops.
  useEffect(() => {
    const element = svg.current;
    if (!element) return;
    const gridOf = (event: Event) => {
      const code = (event.target as Element).getAttribute('data-code');
      return latest.current.grids.features.find((f) => f.properties.code === code)?.properties ?? null;
    };
    const click = (event: Event) => {
      const grid = gridOf(event);
      if (!grid) return;
      const next = drillDown(latest.current.selected, grid);
      latest.current.onSelect?.(next.level, next.code);
    };
    const move = (event: MouseEvent) => {
      const code = gridOf(event)?.code ?? null;
      const box = element.closest('[data-map]')?.getBoundingClientRect();
      const at = { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
      latest.current.onHover?.(code);
      latest.current.onPick?.(code ? { kind: 'grid', code } : null, at);
    };
    const out = () => {
      latest.current.onHover?.(null);
      latest.current.onPick?.(null, { x: 0, y: 0 });
    };
    element.addEventListener('click', click);
    element.addEventListener('mousemove', move);
    element.addEventListener('mouseleave', out);
    return () => {
      element.removeEventListener('click', click);
      element.removeEventListener('mousemove', move);
      element.removeEventListener('mouseleave', out);
    };
  }, []);

  const fillOf = ({ code, coverage }: GridProperties): string => {
    if (layers.coverage) return cover[coverage].pattern === 'none' ? cover[coverage].fill : `url(#${id}-${coverage})`;
    if (!layers.fill) return theme.land;
    const k = classes.get(code);
    return k === null || k === undefined ? `url(#${id}-none)` : (palette[k] ?? theme.noData);
  };
  const inside = (grid: GridProperties): boolean =>
    selected.level === 'county' ||
    selected.code === grid.managing_township_code ||
    selected.code === grid.village_code ||
    selected.code === grid.code;

  return (
    <figure className={style.quarter} style={{ width: size }}>
      <svg ref={svg} viewBox={`0 0 ${size} ${size}`} width={size} height={size} aria-hidden="true">
        <defs>
          <Pattern
            id={`${id}-none`}
            look={{ fill: theme.noData, ink: theme.noDataInk, pattern: 'hatch', outline: null }}
          />
          {(['shared', 'vacant', 'unknown'] as const).map((k) => (
            <Pattern key={k} id={`${id}-${k}`} look={cover[k]} />
          ))}
        </defs>
        {cells.map(({ grid, path }) => (
          <path
            key={grid.code}
            data-code={grid.code}
            d={path}
            fill={fillOf(grid)}
            stroke={theme.gridLine}
            strokeWidth={0.8}
            opacity={inside(grid) ? 1 : 0.5}
          />
        ))}
        {layers.coverage &&
          cells
            .filter(({ grid }) => cover[grid.coverage].outline)
            .map(({ grid, path }) => (
              <path
                key={grid.code}
                d={path}
                fill="none"
                pointerEvents="none"
                stroke={cover[grid.coverage].outline ?? 'none'}
                strokeWidth={grid.coverage === 'vacant' ? 2.2 : 1}
              />
            ))}
        <path d={township} fill="none" stroke={theme.townshipLine} strokeWidth={1.4} pointerEvents="none" />
        {cells
          .filter(({ grid }) => grid.code === selected.code || grid.code === highlighted)
          .map(({ grid, path }) => (
            <path
              key={grid.code}
              d={path}
              fill="none"
              stroke={theme.selectedLine}
              strokeWidth={2.4}
              pointerEvents="none"
            />
          ))}
        {spotsOf(props, (lon, lat) => positionIn(inset.bounds, size, lon, lat)).map((spot) => (
          <SpotShape key={`${spot.lasting} ${spot.id}`} spot={spot} scheme={scheme} still={props.reduceMotion} small />
        ))}
      </svg>
      <figcaption>{inset.name}</figcaption>
    </figure>
  );
}

/** The pattern of a class, as on the map itself. */
function Pattern({ id, look }: { id: string; look: CoverageLook }) {
  const side = look.pattern === 'dots' ? 6 : 5;
  return (
    <pattern id={id} width={side} height={side} patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
      <rect width={side} height={side} fill={look.fill} />
      {look.pattern === 'dots' ? (
        <circle cx={side / 2} cy={side / 2} r={1} fill={look.ink} />
      ) : (
        <rect width={side} height={look.pattern === 'stripes' ? 1.5 : 0.8} fill={look.ink} />
      )}
    </pattern>
  );
}

/** Every grid that reaches into the frame, so that the quarter does not float in the void. */
function cellsIn(grids: MapViewProps['grids'], frame: Bounds, size: number): Cell[] {
  return grids.features.flatMap(({ geometry, properties }) => {
    const b = boundsOf([geometry]);
    if (!b || b[0] > frame[2] || b[2] < frame[0] || b[1] > frame[3] || b[3] < frame[1]) return [];
    return [{ grid: properties, path: pathOf(polygonsOf(geometry), frame, size) }];
  });
}

function positionIn(frame: Bounds, size: number, lon: number, lat: number): [x: number, y: number] {
  const [x0, y0] = mercator(frame[0], frame[3]);
  const scale = size / (mercator(frame[2], frame[1])[0] - x0);
  const [x, y] = mercator(lon, lat);
  return [(x - x0) * scale, (y - y0) * scale];
}

function pathOf(polygons: readonly number[][][][], frame: Bounds, size: number): string {
  return outlineOf(polygons, (lon, lat) => positionIn(frame, size, lon, lat));
}
