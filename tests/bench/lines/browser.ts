/** The desk in a browser with software GL: what heat and brushing cost, against the map with polygons and labels alone. */
import { type Browser, chromium, type Page } from 'playwright-core';
import { type Bench, NOW } from '../bench.ts';
import { type Group, median } from '../group.ts';

/** As the browser tests start it: MapLibre and deck.gl without a GPU, and nothing asked of the network. */
const ARGS = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
];
const FRAMES = 40;
const POLYGONS = '/?period=year&layers=fill,labels';
const HEAT = '/?period=year&layers=fill,labels,heat';
const BRUSH_DAYS = 30;
const BRUSHED = '/?period=30d&layers=fill,labels,heat';

export async function browser(bench: Bench): Promise<Group> {
  const serving = await bench.serve();
  const chrome = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    headless: true,
    args: ARGS,
  });
  const fresh = (path: string) => async () => {
    const page = await opened(chrome, serving.url);
    const ms = await stable(page, serving.url + path);
    await page.context().close();
    return ms;
  };
  const standing = async (path: string): Promise<Page> => {
    const page = await opened(chrome, serving.url);
    await stable(page, serving.url + path);
    return page;
  };
  const [polygons, heat, brushed] = [await standing(POLYGONS), await standing(HEAT), await standing(BRUSHED)];
  const stablePolygons = { name: 'polygons, to a stable picture', measure: fresh(POLYGONS) };
  const panPolygons = { name: 'polygons, a pan frame', measure: () => pan(polygons) };
  let differing = 0;
  return {
    rounds: 3,
    ratios: [
      {
        name: 'heat of a year, time to a stable picture',
        ours: { name: 'heat, to a stable picture', measure: fresh(HEAT) },
        theirs: stablePolygons,
        target: { atMost: 1.5 },
      },
      {
        name: 'heat of a year, a pan frame',
        ours: { name: 'heat, a pan frame', measure: () => pan(heat) },
        theirs: panPolygons,
        target: { atMost: 2 },
      },
      {
        name: 'a brush step, with heat',
        ours: { name: 'a brush step', measure: () => brush(brushed) },
        theirs: panPolygons,
        target: { atMost: 3 },
      },
    ],
    compare: async () => {
      // There is something to compare: the heat is seen, and both maps lie where they should.
      const [one, other] = [await polygons.screenshot(), await heat.screenshot()];
      differing = Math.abs(one.length - other.length);
      return differing > 1000 ? null : 'both maps look alike';
    },
    notes: [
      '1280 × 800, software GL, one page in front; a frame and all that was drawn in it while the map is dragged, or a window of 30 days is dragged by a day each',
    ],
    close: async () => {
      await chrome.close();
      await serving.stop();
    },
  };
}

async function opened(chrome: Browser, url: string): Promise<Page> {
  const context = await chrome.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    colorScheme: 'light',
  });
  const page = await context.newPage();
  await page.clock.setFixedTime(new Date(NOW));
  await page.route(
    (address) => !address.href.startsWith(url) && !/^(data|blob):/.test(address.href),
    (route) => route.abort(),
  );
  // When the map last said that it has drawn everything, on the page's own clock.
  await page.addInitScript(() => {
    const seen = window as unknown as { restedAt: number };
    seen.restedAt = 0;
    new MutationObserver(() => {
      seen.restedAt = performance.now();
    }).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-map-idle', 'data-heat'] });
  });
  return page;
}

/** Milliseconds from the navigation until the map has drawn the last thing that it was told to draw. */
async function stable(page: Page, address: string): Promise<number> {
  await page.bringToFront();
  await page.goto(address);
  await page.locator('[data-map-idle]').first().waitFor({ timeout: 120_000 });
  if (address.includes('heat')) await page.locator('[data-heat=drawn]').first().waitFor({ timeout: 120_000 });
  return await rest(page);
}

/** When it came to rest: nothing more was said for a second and thirty frames. */
async function rest(page: Page): Promise<number> {
  return await page.evaluate(async () => {
    const seen = window as unknown as { restedAt: number };
    for (let frames = 0; frames < 30 || performance.now() - seen.restedAt < 1000; frames++) {
      await new Promise((next) => requestAnimationFrame(next));
    }
    return seen.restedAt;
  });
}

/**
 * Moves something by one step a frame, by pointer events of a drag that the browser itself has begun.
 * @returns the median milliseconds of a frame with all that was drawn in it (one pixel is read back, which waits for that),
 * and in how many frames `aria-valuetext` changed
 */
async function dragged(
  page: Page,
  drag: { readonly on: string; readonly step: readonly [number, number] },
): Promise<{ ms: number; changes: number }> {
  await page.bringToFront();
  const box = (await page.locator(drag.on).first().boundingBox())!;
  const start = [box.x + box.width / 2, box.y + box.height / 2] as const;
  await page.mouse.move(...start);
  await page.mouse.down();
  const { times, changes } = await page.evaluate(
    async ({ frames, start: [x, y], step: [dx, dy], on }) => {
      const target = document.querySelector(on)!;
      const gl = document.querySelector<HTMLCanvasElement>('[data-map] canvas')!.getContext('webgl2')!;
      const pixel = new Uint8Array(4);
      const frame = () =>
        new Promise<number>((next) =>
          requestAnimationFrame(() => {
            gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
            next(performance.now());
          }),
        );
      const taken: number[] = [];
      const told = () => target.getAttribute('aria-valuetext');
      let changes = 0;
      let before = await frame();
      for (let i = 1; i <= frames; i++) {
        // There and most of the way back.
        const steps = i < frames * 0.6 ? i : Math.round(frames * 1.2) - i;
        const at = { bubbles: true, cancelable: true, clientX: x + steps * dx, clientY: y + steps * dy, buttons: 1 };
        const was = told();
        target.dispatchEvent(new PointerEvent('pointermove', at));
        target.dispatchEvent(new MouseEvent('mousemove', at));
        const now = await frame();
        taken.push(now - before);
        before = now;
        if (told() !== was) changes++;
      }
      return { times: taken, changes };
    },
    { frames: FRAMES, start, step: drag.step, on: drag.on },
  );
  await page.mouse.up();
  await rest(page);
  return { ms: median(times.slice(5)), changes };
}

async function pan(page: Page): Promise<number> {
  const camera = () => new URL(page.url()).searchParams.get('camera');
  const before = camera();
  const { ms } = await dragged(page, { on: '[data-map] canvas', step: [5, 2] });
  if (camera() === before) throw new Error('the map was dragged and did not move');
  return ms;
}

/** The window on the timeline, by a day a frame. */
async function brush(page: Page): Promise<number> {
  const on = '[data-part=window][role=slider]';
  const { width } = (await page.locator(on).boundingBox())!;
  const { ms, changes } = await dragged(page, { on, step: [-width / BRUSH_DAYS, 0] });
  if (changes < FRAMES / 2) throw new Error(`of ${FRAMES} steps of the brush ${changes} moved the window`);
  return ms;
}
