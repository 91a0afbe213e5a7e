import { Trans, useLingui } from '@lingui/react/macro';
import { useReducedMotion } from '@mantine/hooks';
import { Component, lazy, type ReactNode, type Ref, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { nameOf } from '../divisions/areas.ts';
import { recordIn, useGridCodes } from '../incidents/place.ts';
import { spotOf } from '../live/pulses.ts';
import { usePulses } from '../live/usePulses.ts';
import type { Camera, HeatPicture, MapHandle, MapWords, Padding, Picked, Spot } from '../map/contract.ts';
import { useScheme } from '../ui/Swatch.tsx';
import { useDesk } from './desk.ts';
import { Legend } from './Legend.tsx';
import css from './MapStage.module.css';
import { MapTip } from './MapTip.tsx';
import { useMapData, useShading } from './useMapData.ts';

// The page stands before the map is fetched.
const MapView = lazy(() => import('../map/MapView.tsx'));

/** `magnified`: how many times as large as on a desk the map is drawn. */
export function MapStage({
  mapRef,
  padding,
  heat,
  magnified = 1,
}: {
  mapRef: Ref<MapHandle>;
  padding: Padding;
  heat: HeatPicture | null;
  magnified?: number;
}) {
  const { t } = useLingui();
  const { county, view, node, go, open, tree, formats } = useDesk();
  const scheme = useScheme();
  const reduceMotion = useReducedMotion(false, { getInitialValueInEffect: false });
  const data = useMapData(heat);
  const pulses = usePulses(reduceMotion);
  const marked = useMarked();
  const { shades, palette } = useShading(scheme);
  const [points, setPoints] = useState<{ shown: number; inView: number } | null>(null);
  const [tip, setTip] = useState<{ picked: Picked; x: number; y: number } | null>(null);
  const [missing, setMissing] = useState(false);
  // A camera belongs in the address only where the reader moved the map; a fit to the area follows from the area.
  const moved = useRef(false);
  const select = (code: string) => {
    moved.current = false;
    open(code);
  };
  useEffect(() => {
    if (view.camera === null) moved.current = false;
  }, [view.camera]);
  const name = nameOf({ name: county.name, name_en: county.name_en }, formats.lang);
  const words: MapWords = {
    map: t`${name}网格地图`,
    instructions: t`方向键平移，加减键缩放，Esc 回到上一级。同样的内容在区域树、数据面板和表格中。`,
    inset: t`城区放大图`,
    show: t`展开`,
    hide: t`收起`,
    zoomIn: t`放大`,
    zoomOut: t`缩小`,
    fit: t`显示整个区域`,
    north: t`北`,
    unavailable: t`此电脑无法显示地图`,
    unavailableDetail: t`浏览器没有可用的图形加速（WebGL2）。区域树、数据和表格照常可用。`,
  };
  if (data.failed && (data.grids === null || data.divisions === null)) {
    return (
      <div className={css.plain} role="alert">
        <p>
          <Trans>网格界线没有载入。</Trans>{' '}
          <button type="button" onClick={data.retry}>
            <Trans>重试</Trans>
          </button>
        </p>
      </div>
    );
  }
  const waiting = (
    <div className={css.plain} role="status">
      <p>
        <Trans>正在载入地图…</Trans>
      </p>
    </div>
  );
  return (
    <>
      {data.grids === null || data.divisions === null || tree.grids.length === 0 ? (
        waiting
      ) : (
        <Broken
          fallback={
            <div className={css.plain} role="note">
              <p>
                <strong>{words.unavailable}</strong>
                <br />
                <Trans>区域树、数据和表格照常可用。</Trans>
              </p>
            </div>
          }
        >
          <Suspense fallback={waiting}>
            <div
              className={css.map}
              onPointerDownCapture={() => {
                moved.current = true;
              }}
              onWheelCapture={() => {
                moved.current = true;
              }}
              onKeyDownCapture={(event) => {
                moved.current = true;
                // The map's own Escape goes up an area; what is laid over the area goes first.
                if (event.key !== 'Escape' || view.incident === null) return;
                event.preventDefault();
                event.stopPropagation();
                go({ incident: null });
              }}
            >
              <MapView
                // A map keeps its magnification for life.
                key={magnified}
                ref={mapRef}
                magnified={magnified}
                grids={data.grids}
                divisions={data.divisions}
                classes={shades}
                palette={palette}
                selected={{ level: node.level, code: node.code }}
                layers={data.layers}
                heat={data.heat}
                staffing={data.staffing}
                centres={data.centres}
                dwellings={data.dwellings}
                incidents={data.incidents}
                pulses={view.reception ? NO_SPOTS : pulses}
                marked={marked}
                scheme={scheme}
                reduceMotion={reduceMotion}
                camera={view.camera}
                padding={padding}
                words={words}
                onCameraChange={(camera: Camera) => {
                  if (moved.current) go({ camera }, { replace: true });
                }}
                onSelect={(_, code) => select(code)}
                onPick={(picked, at) => setTip(picked && { picked, ...at })}
                onOpen={(picked) => {
                  if (picked.kind === 'staffing') select(picked.point.grid_code);
                  const id = picked.kind === 'incident' ? data.incidents?.columns.id[picked.row] : undefined;
                  if (id !== undefined) go({ incident: id });
                }}
                onPointsShown={setPoints}
                onUnavailable={() => setMissing(true)}
              />
            </div>
          </Suspense>
        </Broken>
      )}
      {!missing && tree.grids.length > 0 && <Legend heat={data.heat} points={points} />}
      {tip && <MapTip {...tip} incidents={data.incidents} />}
    </>
  );
}

const NO_SPOTS: readonly Spot[] = [];

/** The incident whose page is open, as far as it is held. */
function useMarked(): Spot | null {
  const { view, held } = useDesk();
  const codes = useGridCodes();
  return useMemo(() => {
    const row = view.incident === null ? -1 : (held?.columns.id.indexOf(view.incident) ?? -1);
    return held === null || row === -1 ? null : spotOf(recordIn(held.columns, row), (id) => codes.get(id));
  }, [view.incident, held, codes]);
}

/** A map that cannot be fetched or fails leaves the page standing. */
class Broken extends Component<{ fallback: ReactNode; children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };
  static getDerivedStateFromError() {
    return { broken: true };
  }
  override render() {
    return this.state.broken ? this.props.fallback : this.props.children;
  }
}
