/**
 * deck.gl's part of the picture: heat and markers, drawn between MapLibre's layers. Loaded after the first map frame;
 * without it every number still stands in fills, tables and sentences.
 */
import type { Layer } from '@deck.gl/core';
import { BitmapLayer, IconLayer, TextLayer } from '@deck.gl/layers';
import { MapLibreOverlay } from '@deck.gl/maplibre';
import type { Texture } from '@luma.gl/core';
import type { Position } from 'geojson';
import type { Map as MapLibreMap } from 'maplibre-gl';
import type { Bounds, HeatPicture, Scheme } from './contract.ts';
import { colourise } from './heat.ts';
import { type Atlas, drawAtlas } from './icons.ts';
import type { Marker } from './markers.ts';
import { heatRamp, rgb, THEME } from './palette.ts';
import { BEFORE_HEAT, BEFORE_MARKERS } from './style.ts';
import { mercator } from './view.ts';

export interface DeckPicture {
  /** Null: no heat. */
  readonly heat: HeatPicture | null;
  /** The county's outline; heat that the kernel spreads beyond it is cut off. */
  readonly land: readonly Position[][];
  readonly markers: readonly Marker[];
  readonly scheme: Scheme;
  /** How many times as large the numbers on markers are as on a desk; markers come in their own size. */
  readonly k: number;
}

/** MapLibre's 2D layers lie in one plane: depth would only make them fight. */
const FLAT = { depthCompare: 'always', depthWriteEnabled: false } as const;

/** Clears what lies outside the rings; rows and columns are even in Web Mercator. */
function cutTo(rings: readonly Position[][], bounds: Bounds, image: ImageData): void {
  if (rings.length === 0) return;
  const { width, height, data } = image;
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const g = canvas.getContext('2d')!;
  const [x0, y0] = mercator(bounds[0], bounds[3]);
  const [x1, y1] = mercator(bounds[2], bounds[1]);
  for (const ring of rings) {
    ring.forEach(([lon, lat], i) => {
      const [x, y] = mercator(lon!, lat!);
      const at = [((x - x0) / (x1 - x0)) * width, ((y - y0) / (y1 - y0)) * height] as const;
      if (i === 0) g.moveTo(...at);
      else g.lineTo(...at);
    });
    g.closePath();
  }
  g.fill('evenodd');
  const inside = g.getImageData(0, 0, width, height).data;
  for (let i = 3; i < data.length; i += 4) data[i] = (data[i]! * inside[i]!) / 255;
}

export class DeckSheet {
  readonly #map: MapLibreMap;
  readonly #overlay: MapLibreOverlay;
  #heat: { of: HeatPicture; scheme: Scheme; image: ImageData } | null = null;
  #atlas: { scheme: Scheme; atlas: Atlas } | null = null;
  #waiting: DeckPicture | null = null;
  #drawn = false;

  constructor(map: MapLibreMap, onError: (error: Error) => void) {
    this.#map = map;
    this.#overlay = new MapLibreOverlay({ interleaved: true, layers: [], onError, onAfterRender: () => this.#after() });
    map.addControl(this.#overlay);
  }

  draw(picture: DeckPicture): void {
    // The overlay drops a change of layers silently while MapLibre's style is busy, so wait for it to be at rest.
    if (!this.#map.isStyleLoaded()) {
      if (!this.#waiting) this.#map.once('idle', this.#catchUp);
      this.#waiting = picture;
      this.#map.triggerRepaint();
      return;
    }
    this.#waiting = null;
    this.#drawn = false;
    this.#overlay.setProps({ layers: this.#layers(picture) });
    this.#map.triggerRepaint();
  }

  /** Whether the picture last asked for is on the screen. */
  get drawn(): boolean {
    return this.#drawn && this.#waiting === null;
  }

  remove(): void {
    this.#map.off('idle', this.#catchUp);
    this.#map.removeControl(this.#overlay);
  }

  #after(): void {
    if (this.#drawn) return;
    this.#drawn = true;
    // One more frame, so that MapLibre's next rest comes after this picture.
    this.#map.triggerRepaint();
  }

  #catchUp = (): void => {
    const picture = this.#waiting;
    this.#waiting = null;
    if (picture) this.draw(picture);
  };

  /** Always the same layers, shown or not: a layer that comes and goes would be re-ordered among MapLibre's. */
  #layers({ heat, land, markers, scheme, k }: DeckPicture): Layer[] {
    const atlas = this.#atlasOf(scheme);
    const image = heat ? this.#imageOf(heat, land, scheme) : null;
    return [
      new BitmapLayer({
        id: `heat-${scheme}`,
        beforeId: BEFORE_HEAT,
        visible: image !== null,
        pickable: false,
        image,
        // Corners are projected and texels run evenly between them on the Mercator plane: exactly how the density's
        // rows and columns lie. (`_imageCoordinateSystem: 'lnglat'` would warp them a second time.)
        bounds: heat ? [...heat.density.bounds] : [0, 0, 1, 1],
        // No mipmaps: they would average neighbouring classes from afar and change the colour of a place with the zoom.
        textureParameters: { minFilter: 'linear', magFilter: 'linear', mipmapFilter: 'none' },
        parameters: FLAT,
      } as ConstructorParameters<typeof BitmapLayer>[0]),
      new IconLayer<Marker>({
        id: `markers-${scheme}`,
        beforeId: BEFORE_MARKERS,
        visible: markers.length > 0,
        pickable: false,
        data: markers as Marker[],
        // deck uploads pixels as they are; its type names only addresses and finished textures.
        iconAtlas: atlas.picture as unknown as Texture,
        iconMapping: atlas.mapping,
        getPosition: (m: Marker) => [m.lon, m.lat],
        getIcon: (m: Marker) => m.icon,
        getSize: (m: Marker) => m.size * 1.15,
        getPixelOffset: (m: Marker) => [m.dx, m.dy],
        parameters: FLAT,
      } as ConstructorParameters<typeof IconLayer<Marker>>[0]),
      new TextLayer<Marker>({
        id: `numbers-${scheme}`,
        beforeId: BEFORE_MARKERS,
        visible: markers.some((m) => m.text !== ''),
        pickable: false,
        data: markers.filter((m) => m.text !== ''),
        characterSet: '0123456789',
        fontFamily: 'system-ui, sans-serif',
        fontWeight: 600,
        getText: (m: Marker) => m.text,
        getPosition: (m: Marker) => [m.lon, m.lat],
        getSize: 11 * k,
        getColor: (m: Marker) => rgb(m.dark ? THEME[scheme].label : THEME[scheme].marker.officeText),
        parameters: FLAT,
      } as ConstructorParameters<typeof TextLayer<Marker>>[0]),
    ];
  }

  #imageOf(heat: HeatPicture, land: readonly Position[][], scheme: Scheme): ImageData {
    if (this.#heat?.of !== heat || this.#heat.scheme !== scheme) {
      const ramp = heatRamp(heat.breaks.length, scheme);
      const { width, height, data } = colourise(heat.density, heat.breaks, ramp, scheme);
      const image = new ImageData(data, width, height);
      cutTo(land, heat.density.bounds, image);
      this.#heat = { of: heat, scheme, image };
    }
    return this.#heat.image;
  }

  #atlasOf(scheme: Scheme): Atlas {
    if (this.#atlas?.scheme !== scheme) this.#atlas = { scheme, atlas: drawAtlas(scheme) };
    return this.#atlas.atlas;
  }
}
