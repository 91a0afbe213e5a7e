import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pixelmatch from 'pixelmatch';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';

export type Colour = readonly [red: number, green: number, blue: number];

const REFERENCES = new URL('references/', import.meta.url);

/** Waits until the map has drawn everything that it was told to draw. */
export async function mapAtRest(page: Page): Promise<void> {
  await page.locator('[data-map-idle]').first().waitFor({ timeout: 60_000 });
  // Idle again after the layers that come later: the counter must stop.
  await page.evaluate(async () => {
    const told = () => document.querySelector<HTMLElement>('[data-map-idle]')?.dataset.mapIdle;
    for (let before = ''; before !== told(); ) {
      before = told() ?? '';
      for (let frame = 0; frame < 30; frame++) await new Promise((next) => requestAnimationFrame(next));
    }
  });
}

export async function pictureOf(page: Page): Promise<PNG> {
  return PNG.sync.read(await page.screenshot({ animations: 'disabled', caret: 'hide' }));
}

/** Mean colour of the 3 × 3 pixels around a place. */
export function colourAt(picture: PNG, x: number, y: number): Colour {
  const sum = [0, 0, 0];
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      const at = ((Math.round(y) + dy) * picture.width + Math.round(x) + dx) * 4;
      for (let c = 0; c < 3; c++) sum[c]! += picture.data[at + c]! / 9;
    }
  }
  return [Math.round(sum[0]!), Math.round(sum[1]!), Math.round(sum[2]!)];
}

export const farthest = (a: Colour, b: Colour): number => Math.max(...a.map((value, c) => Math.abs(value - b[c]!)));

/**
 * Share of the pixels that differ from the kept reference, 0…1. `WANGGE_TEST_PICTURES=keep` writes the reference anew;
 * on a difference the picture is left beside the reference, as `*.now.png`.
 */
export function differenceFrom(name: string, picture: PNG): number {
  const file = fileURLToPath(new URL(`${name}.png`, REFERENCES));
  if (process.env.WANGGE_TEST_PICTURES === 'keep') {
    mkdirSync(REFERENCES, { recursive: true });
    writeFileSync(file, PNG.sync.write(picture));
  }
  if (!existsSync(file)) throw new Error(`tests/browser/references/${name}.png is missing`);
  const kept = PNG.sync.read(readFileSync(file));
  if (kept.width !== picture.width || kept.height !== picture.height) return 1;
  const { width, height } = picture;
  const differing = pixelmatch(kept.data, picture.data, undefined, width, height, { threshold: 0.15 });
  const share = differing / (width * height);
  if (share > 0.01) writeFileSync(file.replace(/\.png$/, '.now.png'), PNG.sync.write(picture));
  return share;
}
