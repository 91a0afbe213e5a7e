/**
 * The map as a component. Everything that it shows stands elsewhere on the page as a table and a sentence too, so where
 * it cannot be drawn it says so quietly and the page goes on.
 */
import 'maplibre-gl/dist/maplibre-gl.css';
import { useCallback, useEffect, useId, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import type { MapHandle, MapViewProps, UnavailableReason } from './contract.ts';
import { InsetCard } from './InsetCard.tsx';
import style from './MapView.module.css';
import { ScaleBar } from './ScaleBar.tsx';
import { Spots } from './Spots.tsx';
import { Stage } from './stage.ts';

/** After this many lost graphics contexts the machine cannot hold one: the map gives up instead of flickering. */
const MOST_LOSSES = 3;

export default function MapView(props: MapViewProps) {
  const box = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  const [stage, setStage] = useState<Stage | null>(null);
  const [losses, setLosses] = useState(0);
  const [unavailable, setUnavailable] = useState<UnavailableReason | null>(null);
  const describedBy = useId();
  const { ref, words, padding, scheme, magnified: k = 1 } = props;

  useLayoutEffect(() => {
    latest.current = props;
  });

  const giveUp = useCallback((reason: UnavailableReason) => {
    setUnavailable(reason);
    latest.current.onUnavailable?.(reason);
  }, []);

  // A lost context takes MapLibre's and deck.gl's objects with it: a new map is surer than mending both.
  useEffect(() => {
    const element = box.current;
    if (!element || unavailable) return;
    if (losses >= MOST_LOSSES) {
      giveUp('context-lost');
      return;
    }
    if (!hasWebGl2()) {
      giveUp('no-webgl2');
      return;
    }
    let made: Stage;
    try {
      made = new Stage(element, latest.current, () => setLosses((n) => n + 1));
    } catch (error) {
      console.error('map', error);
      giveUp('failed');
      return;
    }
    const canvas = made.map.getCanvas();
    canvas.setAttribute('aria-label', latest.current.words.map);
    canvas.setAttribute('aria-describedby', describedBy);
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(element);
    setStage(made);
    return () => {
      observer.disconnect();
      setStage(null);
      made.remove();
    };
  }, [losses, unavailable, giveUp, describedBy]);

  useEffect(() => {
    stage?.update(props);
  });

  useImperativeHandle(
    ref,
    (): MapHandle => ({
      image: () => (stage ? stage.image() : Promise.reject(new Error('There is no map to take a picture of.'))),
      fit: () => stage?.fit(),
      focus: () => stage?.map.getCanvas().focus(),
    }),
    [stage],
  );

  if (unavailable) {
    return (
      <div className={style.notice} data-scheme={scheme} data-map-unavailable={unavailable} role="note">
        <div>
          <strong>{words.unavailable}</strong>
          <p>{words.unavailableDetail}</p>
        </div>
      </div>
    );
  }
  return (
    <div
      className={style.frame}
      data-map
      data-scheme={scheme}
      data-printing={props.printing || undefined}
      style={{ fontSize: 12 * k }}
    >
      <div ref={box} className={style.box} />
      <p id={describedBy} className={style.hidden}>
        {words.instructions}
      </p>
      {stage && !props.printing && <Spots stage={stage} props={props} />}
      {stage && <InsetCard stage={stage} props={props} />}
      <div className={style.furniture} style={{ right: padding.right + 12 * k, bottom: padding.bottom + 12 * k }}>
        {!props.printing && (
          <div className={style.zoom}>
            <button type="button" aria-label={words.zoomIn} title={words.zoomIn} onClick={() => stage?.zoomBy(1)}>
              +
            </button>
            <button type="button" aria-label={words.zoomOut} title={words.zoomOut} onClick={() => stage?.zoomBy(-1)}>
              −
            </button>
            <button type="button" aria-label={words.fit} title={words.fit} onClick={() => stage?.fit()}>
              ⤢
            </button>
          </div>
        )}
        {stage && <ScaleBar stage={stage} north={words.north} k={k} />}
      </div>
    </div>
  );
}

function hasWebGl2(): boolean {
  const gl = document.createElement('canvas').getContext('webgl2');
  // Give the context back at once: browsers hold only about sixteen.
  gl?.getExtension('WEBGL_lose_context')?.loseContext();
  return gl !== null;
}
