/**
 * The living map behind `MapView`: owns one MapLibre map from first to last, and turns each change of the props into the
 * smallest change of the picture. Not a component: React only tells it what is wanted now.
 */

import type { Position } from 'geojson';
import { type ExpressionSpecification, Map as MapLibreMap, type MapMouseEvent, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { boundsOf, outerEdges, outside, selectedGeometries } from './area.ts';
import { fitOf, sameCamera } from './camera.ts';
import type { Bounds, Camera, GridProperties, MapViewProps, Picked, Selection, UnavailableReason } from './contract.ts';
import type { DeckSheet } from './deck.ts';
import { drillDown, drillUp } from './drill.ts';
import { magnified, zoomShift } from './magnify.ts';
import {
  INCIDENTS_FROM,
  type Marker,
  markerAt,
  markersOf,
  NUMBERS_FROM,
  occupiedBy,
  STAFFING_APART,
} from './markers.ts';
import { THEME } from './palette.ts';
import { putPatterns } from './patterns.ts';
import { graticule, placesOf } from './places.ts';
import { COVERAGE_LAYERS, fillColour, LABEL_LAYERS, layersOf, styleOf } from './style.ts';
import { projector, rowsInView } from './view.ts';

setWorkerUrl(workerUrl);

const FONTS = '"Noto Sans SC","Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei","PingFang SC",sans-serif';
/** The camera is told at most this often, milliseconds. */
const CAMERA_EVERY = 250;
/** For so long the page may send a report back as its `camera`, milliseconds. */
const ECHO = 2000;
/** A flight is short: it shows where one goes, it is no show. */
const FLIGHT = 450;

/** Props that heat and markers depend on. */
const DECK_PROPS = ['layers', 'heat', 'staffing', 'centres', 'dwellings', 'incidents', 'scheme'] as const;

type PaintProperty = Parameters<MapLibreMap['setPaintProperty']>[1];

export class Stage {
  readonly map: MapLibreMap;
  readonly #box: HTMLElement;
  readonly #onFailed: (reason: UnavailableReason) => void;
  /** How many times as large as on a desk. */
  readonly #k: number;
  #props: MapViewProps;
  #deck: DeckSheet | null = null;
  #deckAsked = false;
  #deckFailed = false;
  #removed = false;
  #ready = false;
  #idles = 0;
  #gridOf = new Map<string, GridProperties>();
  #coloured = new Set<string>();
  #hovered: { source: 'grids' | 'divisions'; code: string } | null = null;
  #markers: readonly Marker[] = [];
  #tier = '';
  #occupied = false;
  #land: Position[][] = [];
  #pointsTold: { shown: number; inView: number } | null = null;
  #told: Camera | null = null;
  #reports: { readonly at: number; readonly camera: Camera }[] = [];
  #cameraTimer: ReturnType<typeof setTimeout> | undefined;
  #lastTold = 0;
  #pointer = 0;
  #bounds: Bounds;
  readonly #listeners = new Set<() => void>();

  /** @throws where WebGL2 is missing */
  constructor(box: HTMLElement, props: MapViewProps, onFailed: (reason: UnavailableReason) => void) {
    this.#box = box;
    this.#props = props;
    this.#onFailed = onFailed;
    this.#k = props.magnified ?? 1;
    // The box outlives a lost graphics context; its marks must not.
    delete box.dataset.mapIdle;
    box.dataset.heat = 'off';
    this.#bounds = boundsOf(props.grids.features.map((f) => f.geometry)) ?? [-180, -80, 180, 80];
    const [w, s, e, n] = this.#bounds;
    const [dx, dy] = [(e - w) * 2, (n - s) * 2];
    const start = props.camera ?? this.#fit(props.selected, box.clientWidth, box.clientHeight);
    this.map = new MapLibreMap({
      container: box,
      style: styleOf(props.scheme, this.#k),
      center: [start.lon, start.lat],
      zoom: start.zoom,
      minZoom: 6,
      maxZoom: 17,
      maxBounds: [
        [Math.max(w - dx, -180), Math.max(s - dy, -85)],
        [Math.min(e + dx, 180), Math.min(n + dy, 85)],
      ],
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      maxPitch: 0,
      renderWorldCopies: false,
      fadeDuration: 0,
      clickTolerance: 4,
      reduceMotion: props.reduceMotion,
      localIdeographFontFamily: FONTS,
      locale: { 'Map.Title': props.words.map },
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.on('style.load', () => this.#begin());
    this.map.on('error', ({ error }) => console.error('map', error));
    this.map.on('idle', () => this.#rest());
    this.map.on('move', () => this.#moved());
    this.map.on('moveend', () => this.#arrived());
    this.map.on('mousemove', (event) => this.#pointed(event));
    this.map.on('mouseout', () => this.#left());
    this.map.on('click', (event) => this.#clicked(event));
    this.map.on('contextmenu', ({ lngLat }) => this.#props.onLocate?.(lngLat.lng, lngLat.lat));
    this.map.on('webglcontextlost', () => this.#onFailed('context-lost'));
    this.map.getCanvas().addEventListener('keydown', this.#key);
  }

  update(props: MapViewProps): void {
    const before = this.#props;
    this.#props = props;
    if (!this.#ready) return;
    if (props.grids !== before.grids || props.divisions !== before.divisions) this.#putData();
    if (props.scheme !== before.scheme) this.#putScheme();
    const area =
      props.selected.code !== before.selected.code ||
      props.selected.level !== before.selected.level ||
      props.grids !== before.grids ||
      props.divisions !== before.divisions;
    if (area) this.#putSelection();
    if (props.layers !== before.layers || props.scheme !== before.scheme) this.#putLayers();
    if (
      props.classes !== before.classes ||
      props.palette !== before.palette ||
      props.layers.fill !== before.layers.fill ||
      props.scheme !== before.scheme ||
      props.grids !== before.grids
    ) {
      this.#putClasses();
    }
    if (props.highlighted !== before.highlighted) this.#highlight();
    if (props.words.map !== before.words.map) this.map.getCanvas().setAttribute('aria-label', props.words.map);
    if (DECK_PROPS.some((name) => props[name] !== before[name])) this.#putDeck();
    this.#aim(before, area);
  }

  resize(): void {
    this.map.resize();
  }

  /** Told after each move and at rest. @returns how to stop listening */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get camera(): Camera {
    const { lng, lat } = this.map.getCenter();
    return { lon: lng, lat, zoom: this.map.getZoom() };
  }

  get size(): { readonly width: number; readonly height: number } {
    return { width: this.#box.clientWidth, height: this.#box.clientHeight };
  }

  /** The zoom at which a map on a desk shows as much: what appears when depends on it. */
  get #deskZoom(): number {
    return this.map.getZoom() - zoomShift(this.#k);
  }

  zoomBy(step: number): void {
    this.map.easeTo({ zoom: this.map.getZoom() + step, duration: this.#duration(200) });
  }

  fit(): void {
    const { clientWidth, clientHeight } = this.#box;
    this.#go(this.#fit(this.#props.selected, clientWidth, clientHeight));
  }

  /** The canvas is only readable inside the frame that draws it; keeping every frame would slow all of them. */
  async image(): Promise<Blob> {
    // Before the first tiles there is a picture, but of nothing.
    if (!this.map.loaded()) await this.map.once('idle');
    return await new Promise((resolve, reject) => {
      this.map.once('render', () => {
        this.map.getCanvas().toBlob((blob) => {
          if (blob) resolve(blob);
          else reject(new Error('The map gave no picture: it has no size or lost its graphics context.'));
        }, 'image/png');
      });
      this.map.triggerRepaint();
    });
  }

  remove(): void {
    this.#removed = true;
    clearTimeout(this.#cameraTimer);
    cancelAnimationFrame(this.#pointer);
    this.map.getCanvas().removeEventListener('keydown', this.#key);
    this.#deck?.remove();
    this.#deck = null;
    this.map.remove();
  }

  // ── the picture ──────────────────────────────────────────────────────────────────────────────────────────────────

  #begin(): void {
    this.#ready = true;
    putPatterns(this.map, this.#props.scheme, this.#k);
    this.#putData();
    this.#putSelection();
    this.#putLayers();
    this.#putClasses();
    this.#highlight();
    this.#putDeck();
  }

  #putData(): void {
    const { grids, divisions } = this.#props;
    this.#gridOf = new Map(grids.features.map((f) => [f.properties.code, f.properties]));
    this.#bounds = boundsOf(grids.features.map((f) => f.geometry)) ?? this.#bounds;
    this.#set('grids', grids);
    this.#set('divisions', divisions);
    this.#set('places', placesOf(grids, divisions));
    this.#set('graticule', graticule(this.#bounds));
    this.#land = outerEdges(grids);
    const geometry = { type: 'MultiLineString' as const, coordinates: this.#land };
    this.#set('land', { type: 'Feature', properties: {}, geometry });
  }

  #putSelection(): void {
    const { grids, divisions, selected } = this.#props;
    const chosen = selected.level === 'county' ? [] : selectedGeometries(grids, divisions, selected);
    // Round a single grid its village stays bright: its neighbours are what one compares it with.
    const village = selected.level === 'grid' ? this.#gridOf.get(selected.code)?.village_code : undefined;
    const bright = village ? selectedGeometries(grids, divisions, { level: 'village', code: village }) : chosen;
    this.#set('outside', outside(bright));
    this.#set('chosen', {
      type: 'FeatureCollection',
      features: chosen.map((geometry) => ({ type: 'Feature', properties: {}, geometry })),
    });
    const inside = insideOf(selected, village);
    for (const id of LABEL_LAYERS) {
      this.map.setPaintProperty(id, 'text-opacity', inside ? ['case', inside, 1, 0.5] : 1);
    }
    this.#box.dataset.selected = `${selected.level}:${selected.code}`;
  }

  #putLayers(): void {
    const { layers } = this.#props;
    for (const id of LABEL_LAYERS) this.#show(id, layers.labels);
    for (const id of COVERAGE_LAYERS) this.#show(id, layers.coverage);
    this.#show('no-data', layers.fill && !layers.coverage);
    // Under heat the mesh of the grids steps back: it would cut the picture to pieces where it is hottest.
    this.map.setLayerZoomRange('grid-line', layers.heat ? 11 + zoomShift(this.#k) : 0, 24);
  }

  #putClasses(): void {
    const { classes, palette, layers, scheme, grids } = this.#props;
    const drawn = layers.fill && !layers.coverage;
    this.map.setPaintProperty('grid-fill', 'fill-color', drawn ? fillColour(palette, scheme) : THEME[scheme].land);
    if (!drawn) return;
    const seen = new Set<string>();
    for (const { properties } of grids.features) {
      const k = classes.get(properties.code) ?? -1;
      this.map.setFeatureState({ source: 'grids', id: properties.code }, { k });
      seen.add(properties.code);
    }
    for (const code of this.#coloured) {
      if (!seen.has(code)) this.map.removeFeatureState({ source: 'grids', id: code });
    }
    this.#coloured = seen;
  }

  #putScheme(): void {
    const { scheme } = this.#props;
    putPatterns(this.map, scheme, this.#k);
    for (const layer of magnified(layersOf(scheme), this.#k)) {
      for (const [property, value] of Object.entries(layer.paint ?? {})) {
        this.map.setPaintProperty(layer.id, property as PaintProperty, value);
      }
    }
  }

  #set(source: string, data: GeoJSON.GeoJSON): void {
    const found = this.map.getSource(source) as { setData(data: GeoJSON.GeoJSON): void } | undefined;
    found?.setData(data);
  }

  #show(layer: string, shown: boolean): void {
    this.map.setLayoutProperty(layer, 'visibility', shown ? 'visible' : 'none');
  }

  // ── deck.gl ──────────────────────────────────────────────────────────────────────────────────────────────────────

  #wantsDeck(): boolean {
    const { layers, heat, incidents } = this.#props;
    const reports = layers.points && incidents !== null && this.#deskZoom >= INCIDENTS_FROM;
    return (layers.heat && heat !== null) || layers.staffing || layers.centres || layers.dwellings || reports;
  }

  /** Draws heat and markers, loading deck.gl the first time that something needs it. */
  #putDeck(): void {
    const props = this.#props;
    this.#box.dataset.heat = props.layers.heat && props.heat ? 'pending' : 'off';
    if (!this.#deck) {
      if (this.#wantsDeck() && !this.#deckAsked) void this.#loadDeck();
      if (!this.#wantsDeck()) this.#setMarkers();
      return;
    }
    this.#setMarkers();
    // Where nothing reaches a class there is nothing to colour.
    const heat = props.layers.heat && props.heat && props.heat.breaks.length > 0 ? props.heat : null;
    this.#deck.draw({ heat, land: this.#land, markers: this.#markers, scheme: props.scheme, k: this.#k });
  }

  async #loadDeck(): Promise<void> {
    this.#deckAsked = true;
    this.#deckFailed = false;
    try {
      const { DeckSheet } = await import('./deck.ts');
      if (this.#removed) return;
      this.#deck = new DeckSheet(this.map, (error) => console.error('map deck', error));
      this.#putDeck();
    } catch (error) {
      // Fills, lines and labels stand without it; the next change asks again.
      console.error('map deck', error);
      this.#deckAsked = false;
      this.#deckFailed = true;
      this.map.triggerRepaint();
    }
  }

  #setMarkers(): void {
    const { layers, staffing, centres, dwellings, incidents } = this.#props;
    const zoom = this.#deskZoom;
    let rows: readonly number[] = [];
    if (layers.points && incidents && zoom >= INCIDENTS_FROM) {
      const b = this.map.getBounds();
      const found = rowsInView(incidents, [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()]);
      rows = found.rows;
      this.#tellPoints({ shown: rows.length, inView: found.inView });
    } else this.#tellPoints(null);
    this.#markers = enlarged(markersOf({ layers, staffing, centres, dwellings, incidents, rows, zoom }), this.#k);
    this.#tier = tierOf(zoom);
    // From afar the names of townships matter more than single discs: there they stand on top.
    const occupied = occupiedBy(zoom < NUMBERS_FROM ? [] : this.#markers);
    if (occupied.features.length > 0 || this.#occupied) this.#set('occupied', occupied);
    this.#occupied = occupied.features.length > 0;
  }

  #tellPoints(count: { shown: number; inView: number } | null): void {
    if (count?.shown === this.#pointsTold?.shown && count?.inView === this.#pointsTold?.inView) return;
    this.#pointsTold = count;
    this.#props.onPointsShown?.(count);
  }

  // ── camera ───────────────────────────────────────────────────────────────────────────────────────────────────────

  #fit(selected: Selection, width: number, height: number): Camera {
    const { grids, divisions, padding } = this.#props;
    const bounds = boundsOf(selectedGeometries(grids, divisions, selected)) ?? this.#bounds;
    return fitOf(bounds, width, height, padding, selected.level === 'grid' ? 13.6 : 15);
  }

  #aim(before: MapViewProps, areaChanged: boolean): void {
    const { camera } = this.#props;
    if (camera && camera !== before.camera && !sameCamera(camera, this.camera)) {
      // What the page echoes back from our own reports, on a slow machine a few of them late, is no wish to go there.
      const since = performance.now() - ECHO;
      if (!this.#reports.some((r) => r.at >= since && sameCamera(camera, r.camera))) {
        this.#go(camera);
        return;
      }
    }
    const selectionChanged =
      this.#props.selected.code !== before.selected.code || this.#props.selected.level !== before.selected.level;
    if (areaChanged && selectionChanged) this.fit();
  }

  #go(camera: Camera): void {
    const duration = this.#duration(FLIGHT);
    const to = { center: [camera.lon, camera.lat] as [number, number], zoom: camera.zoom };
    if (duration === 0) this.map.jumpTo(to);
    else this.map.easeTo({ ...to, duration, essential: false });
  }

  #duration(ms: number): number {
    return this.#props.reduceMotion || this.#props.printing ? 0 : ms;
  }

  #moved(): void {
    for (const listener of this.#listeners) listener();
    const wait = CAMERA_EVERY - (performance.now() - this.#lastTold);
    if (wait <= 0) this.#tell();
    else {
      clearTimeout(this.#cameraTimer);
      this.#cameraTimer = setTimeout(() => this.#tell(), wait);
    }
    if (this.#ready && tierOf(this.#deskZoom) !== this.#tier) this.#putDeck();
  }

  #arrived(): void {
    // Which reports lie in view, and how large dwellings are, follows the camera.
    if (this.#ready && (this.#props.layers.points || this.#props.layers.dwellings)) this.#putDeck();
  }

  #tell(): void {
    clearTimeout(this.#cameraTimer);
    this.#lastTold = performance.now();
    const camera = this.camera;
    if (this.#told && sameCamera(this.#told, camera)) return;
    this.#told = camera;
    const at = performance.now();
    this.#reports = [...this.#reports.filter((r) => r.at >= at - ECHO), { at, camera }];
    this.#props.onCameraChange?.(camera);
  }

  #rest(): void {
    this.#idles++;
    const { layers, heat } = this.#props;
    if (layers.heat && heat && this.#deck?.drawn) this.#box.dataset.heat = 'drawn';
    // Browser tests wait for this counter instead of sleeping.
    if (!this.#wantsDeck() || this.#deckFailed || this.#deck?.drawn) this.#box.dataset.mapIdle = String(this.#idles);
    for (const listener of this.#listeners) listener();
  }

  // ── pointer and keys ─────────────────────────────────────────────────────────────────────────────────────────────

  #pointed({ point, originalEvent }: MapMouseEvent): void {
    if (originalEvent.buttons !== 0) return;
    cancelAnimationFrame(this.#pointer);
    this.#pointer = requestAnimationFrame(() => {
      const marker = this.#markerAt(point.x, point.y);
      const grid = marker ? null : this.#gridAt(point.x, point.y);
      this.#hover(grid ? drillDown(this.#props.selected, grid) : null);
      this.map.getCanvas().style.cursor = marker || grid ? 'pointer' : '';
      this.#props.onHover?.(grid?.code ?? null);
      const picked: Picked | null = marker?.picked ?? (grid ? { kind: 'grid', code: grid.code } : null);
      this.#props.onPick?.(picked, { x: point.x, y: point.y });
    });
  }

  #left(): void {
    cancelAnimationFrame(this.#pointer);
    this.#hover(null);
    this.#props.onHover?.(null);
    this.#props.onPick?.(null, { x: 0, y: 0 });
  }

  #clicked({ point }: MapMouseEvent): void {
    const marker = this.#markerAt(point.x, point.y);
    if (marker) {
      this.#props.onOpen?.(marker.picked);
      return;
    }
    const grid = this.#gridAt(point.x, point.y);
    if (!grid) return;
    const next = drillDown(this.#props.selected, grid);
    this.#props.onSelect?.(next.level, next.code);
  }

  #key = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      const up = drillUp(this.#props.selected, this.#props.divisions, (code) => this.#gridOf.get(code));
      if (!up) return;
      event.preventDefault();
      this.#props.onSelect?.(up.level, up.code);
    } else if (event.key === '0' || event.key === 'Home') {
      event.preventDefault();
      this.fit();
    }
  };

  #markerAt(x: number, y: number): Marker | null {
    if (this.#markers.length === 0 || !this.#deck) return null;
    return markerAt(this.#markers, projector(this.camera, this.#box.clientWidth, this.#box.clientHeight), x, y);
  }

  #gridAt(x: number, y: number): GridProperties | null {
    if (!this.#ready) return null;
    const layers = ['grid-fill'];
    const exact = this.map.queryRenderedFeatures([x, y], { layers });
    // Two pixels of grace beside the county's edge and for islands of a few pixels.
    const box: [[number, number], [number, number]] = [
      [x - 2, y - 2],
      [x + 2, y + 2],
    ];
    const found = exact[0] ?? this.map.queryRenderedFeatures(box, { layers })[0];
    return found ? (this.#gridOf.get(String(found.properties.code)) ?? null) : null;
  }

  #hover(target: Selection | null): void {
    const next = target && ({ source: target.level === 'grid' ? 'grids' : 'divisions', code: target.code } as const);
    if (next?.code === this.#hovered?.code && next?.source === this.#hovered?.source) return;
    if (this.#hovered) this.#outline(this.#hovered, false);
    this.#hovered = next;
    if (next) this.#outline(next, true);
    else this.#highlight();
  }

  /** A list points at a grid: outline it as the pointer would. */
  #highlight(): void {
    const code = this.#props.highlighted;
    if (this.#hovered) this.#outline(this.#hovered, false);
    this.#hovered = code && this.#gridOf.has(code) ? { source: 'grids', code } : null;
    if (this.#hovered) this.#outline(this.#hovered, true);
  }

  #outline({ source, code }: { source: string; code: string }, hover: boolean): void {
    this.map.setFeatureState({ source, id: code }, { hover });
  }
}

const enlarged = (markers: readonly Marker[], k: number): readonly Marker[] =>
  k === 1 ? markers : markers.map((m) => ({ ...m, dx: m.dx * k, dy: m.dy * k, size: m.size * k }));

/** The picture of markers changes only when the zoom passes one of these steps. */
const tierOf = (zoom: number): string =>
  `${zoom < 9.5} ${zoom < NUMBERS_FROM} ${zoom < STAFFING_APART} ${zoom < INCIDENTS_FROM}`;

/** Whether a label lies in the selected area; null where everything does. */
function insideOf(selected: Selection, village: string | undefined): ExpressionSpecification | null {
  switch (selected.level) {
    case 'county':
      return null;
    case 'township':
      return ['==', ['get', 'township'], selected.code];
    case 'village':
      return ['==', ['get', 'village'], selected.code];
    case 'grid':
      return ['==', ['get', 'village'], village ?? ''];
  }
}
