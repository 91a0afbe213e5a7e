import { askJson } from './request.ts';

/** A page's next address, and its points. */
interface PointPage<P> {
  readonly features: readonly {
    readonly id: number | string;
    readonly geometry: { readonly coordinates: readonly [number, number] } | null;
    readonly properties: P;
  }[];
  readonly links?: readonly { readonly rel: string; readonly href: string }[];
}

/** All points of an OGC collection, page by page, without the features that have none. */
export async function askPoints<P extends object>(
  collection: string,
  signal: AbortSignal,
): Promise<(P & { id: number | string; lon: number; lat: number })[]> {
  const points: (P & { id: number | string; lon: number; lat: number })[] = [];
  let next: string | undefined = `/ogc/collections/${collection}/items?limit=10000`;
  while (next !== undefined) {
    const page: PointPage<P> = await askJson<PointPage<P>>(next, signal);
    for (const { id, geometry, properties } of page.features) {
      if (geometry === null) continue;
      const [lon, lat] = geometry.coordinates;
      points.push({ ...properties, id, lon, lat });
    }
    const href = page.links?.find((link) => link.rel === 'next')?.href;
    // Through the page's own origin, also where a proxy gives the service another name.
    next = href === undefined ? undefined : new URL(href).pathname + new URL(href).search;
  }
  return points;
}
