import { describe, expect, it } from 'vitest';
import { useDesk } from './desk.ts';
import { type Colour, colourAt, differenceFrom, farthest, mapAtRest, pictureOf } from './picture.ts';

const desk = useDesk();

/** Ground metres of a CSS pixel at 37.58° N. */
const metresPerPixel = (zoom: number): number =>
  (40_075_016.686 * Math.cos((37.58 * Math.PI) / 180)) / (512 * 2 ** zoom);

describe('heat', () => {
  it('gives a place the same colour at three zooms', async () => {
    // Around the seat of 海子滩镇, where few lines cross the heat: 8 × 8 places 500 m apart: metres east and north.
    const places = Array.from(
      { length: 64 },
      (_, i) => [((i % 8) - 3.5) * 500, (Math.floor(i / 8) - 3.5) * 500] as const,
    );
    const seen: Colour[][] = [];
    for (const zoom of [11, 12, 13]) {
      const { page } = await desk.visit(`/?period=year&layers=heat&camera=103.5872,37.5819,${zoom}`);
      await page.locator('[data-heat=drawn]').first().waitFor({ timeout: 60_000 });
      await mapAtRest(page);
      const box = (await page.locator('[data-map] canvas').first().boundingBox())!;
      const picture = await pictureOf(page);
      seen.push(
        places.map(([east, north]) =>
          colourAt(
            picture,
            box.x + box.width / 2 + east / metresPerPixel(zoom),
            box.y + box.height / 2 - north / metresPerPixel(zoom),
          ),
        ),
      );
      await page.context().close();
    }
    const [first, ...others] = seen as [Colour[], ...Colour[][]];
    // There is something to see: several classes, far apart.
    expect(new Set(first.map(String)).size).toBeGreaterThan(3);
    for (const colours of others) {
      const moved = colours.filter((colour, i) => farthest(colour, first[i]!) > 8);
      // A place may lie on the soft edge between two classes, or under a border line; a scale that drifts moves them all.
      expect(moved.length).toBeLessThanOrEqual(places.length / 8);
    }
  });
});

describe('kept pictures', () => {
  it.each([
    ['county', '/?period=year', {}],
    ['county-dark', '/?period=year&theme=dark', { colorScheme: 'dark' }],
    [
      'township-coverage',
      '/?area=620622103&measure=coverage&layers=fill,coverage,labels',
      { viewport: { width: 1366, height: 768 } },
    ],
  ] as const)('%s looks as it was approved', async (name, path, options) => {
    const { page } = await desk.visit(path, { ...options });
    await mapAtRest(page);
    expect(differenceFrom(name, await pictureOf(page))).toBeLessThan(0.02);
  });
});
