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
      '1280 × 800, software GL, one page in front; frames between animation frames while the map is dragged, or a window of 30 days is dragged by a day each',
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

/** Median milliseconds between frames while the map is dragged by some pixels each. */
async function pan(page: Page): Promise<number> {
  await page.bringToFront();
  const times = await page.evaluate(async (frames) => {
    const canvas = document.querySelector('[data-map] canvas')!;
    const box = canvas.getBoundingClientRect();
    let [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const mouse = (type: string, target: EventTarget, buttons: number) =>
      target.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true, clientX: x, clientY: y, buttons }));
    const frame = () => new Promise<number>((next) => requestAnimationFrame(next));
    mouse('mousedown', canvas, 1);
    const taken: number[] = [];
    let before = await frame();
    for (let i = 0; i < frames; i++) {
      // There and back, so that it ends where it began.
      x += i < frames / 2 ? 5 : -5;
      y += i < frames / 2 ? 2 : -2;
      mouse('mousemove', document, 1);
      const now = await frame();
      taken.push(now - before);
      before = now;
    }
    mouse('mouseup', document, 0);
    return taken;
  }, FRAMES);
  await rest(page);
  return median(times.slice(5));
}

/** Median milliseconds between frames while the window on the timeline is dragged by a day each, there and back. */
async function brush(page: Page): Promise<number> {
  await page.bringToFront();
  const body = page.locator('[data-part=window][role=slider]');
  const box = (await body.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  // A pointer of the browser's own, as the timeline captures it; from then on one move a frame.
  await page.mouse.down();
  const { times, moved } = await page.evaluate(
    async ({ frames, x, y, day }) => {
      const body = document.querySelector('[data-part=window][role=slider]')!;
      const frame = () => new Promise<number>((next) => requestAnimationFrame(next));
      const told = () => body.getAttribute('aria-valuetext');
      const taken: number[] = [];
      let changes = 0;
      let at = x;
      let before = await frame();
      for (let i = 0; i < frames; i++) {
        const was = told();
        at += i < frames / 2 ? -day : day;
        body.dispatchEvent(
          new PointerEvent('pointermove', { bubbles: true, cancelable: true, clientX: at, clientY: y, buttons: 1 }),
        );
        const now = await frame();
        taken.push(now - before);
        before = now;
        if (told() !== was) changes++;
      }
      return { times: taken, moved: changes };
    },
    { frames: FRAMES, x: box.x + box.width / 2, y: box.y + box.height / 2, day: box.width / BRUSH_DAYS },
  );
  await page.mouse.up();
  if (moved < FRAMES / 2) throw new Error(`of ${FRAMES} steps of the brush ${moved} moved the window`);
  await rest(page);
  return median(times.slice(5));
}
