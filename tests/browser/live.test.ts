import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { counted } from '../prove/length.ts';
import { NOW, useDesk } from './desk.ts';
import { mapAtRest } from './picture.ts';

const desk = useDesk();
const open = new Set<BrowserContext>();
afterEach(async () => {
  for (const context of open) await context.close();
  open.clear();
});

/** The minute, in `npm run prove`; elsewhere only as long as it takes. */
const CUT_MS = counted(0, 60_000);
const MISSED = 500;

const chip = (page: Page) => page.locator('[data-freshness]');
const isLive = (page: Page) => page.locator('[data-freshness=live]').waitFor({ timeout: 30_000 });
const search = (page: Page) => new URL(page.url()).searchParams;
const text = async (page: Page, selector: string) => (await page.locator(selector).innerText()).replace(/\s+/g, '');

/** The figures strip of the area that is open. */
const figures = (page: Page) => text(page, '#figures dl >> nth=0');

async function visitLive(path: string, options: BrowserContextOptions = {}) {
  const visit = await desk.visit(path, options);
  open.add(visit.page.context());
  await isLive(visit.page);
  return visit;
}

let posted = 0;
const report = (more: Record<string, unknown> = {}) => ({
  source: 'live-test',
  external_id: `live-${++posted}`,
  kind: 'event',
  category: 'safety_fire',
  occurred_at: new Date(NOW.getTime() - 60_000).toISOString(),
  ...more,
});
const AT_DAJING = { point: { lon: 103.423, lat: 37.473, crs: '4490' } };

/** @returns ids in the order of the reports */
async function post(...incidents: Record<string, unknown>[]): Promise<number[]> {
  const answer = await fetch(`${desk.url}/api/incidents`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ incidents }),
  });
  const { results } = (await answer.json()) as { results: { id: number | null; errors: unknown[] }[] };
  expect(results.flatMap(({ errors }) => errors)).toEqual([]);
  return results.map(({ id }) => id!);
}

describe('two browsers on one server', () => {
  it('show a report to each other within two seconds, as one pulse on the map and first in the list', async () => {
    const [one, two] = [await visitLive('/?area=620622103'), await visitLive('/?area=620622103')];
    await mapAtRest(two.page);
    // Posted by the page of the first browser, as its own origin may.
    const [id] = await one.page.evaluate(async (incident) => {
      const answer = await fetch('/api/incidents', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ incidents: [incident] }),
      });
      return ((await answer.json()) as { results: { id: number }[] }).results.map((result) => result.id);
    }, report(AT_DAJING));
    const seen = two.page.locator(`[data-latest] li[data-incident="${id}"]`);
    await Promise.all([
      seen.waitFor({ timeout: 2000 }),
      two.page.locator(`[data-pulse="${id}"]`).first().waitFor({ state: 'attached', timeout: 2000 }),
    ]);
    // Once: it goes by itself.
    await expect.poll(() => two.page.locator(`[data-pulse="${id}"]`).count(), { timeout: 10_000 }).toBe(0);
    expect(two.complaints).toEqual([]);
    expect(two.strangers).toEqual([]);
  });

  it('outline the grid of a report that has no point', async () => {
    const { page } = await visitLive('/');
    await mapAtRest(page);
    const [id] = await post(report({ grid_code: '620622103001001' }));
    await page.locator(`[data-pulse="${id}"][data-outline]`).first().waitFor({ state: 'attached', timeout: 2000 });
  });
});

describe('a network that breaks', () => {
  it(
    `leaves nothing out: after ${MISSED} missed reports the page equals a fresh one, without loading columns again`,
    async () => {
      const { page, asked } = await visitLive('/?period=7d');
      const columns = () => asked.filter((url) => url.includes('/api/incidents/columns')).length;
      const before = await figures(page);
      const loads = columns();
      expect(loads).toBe(1);
      await page.context().setOffline(true);
      await page.locator('[data-freshness=disconnected]').waitFor({ timeout: 40_000 });
      expect(await chip(page).innerText()).toMatch(/已断开，数据截至 \d\d:\d\d/);
      const kinds = ['event', 'dispute', 'collection'];
      const missed = Array.from({ length: MISSED }, (_, i) =>
        report({ kind: kinds[i % 3], urgency: i % 50 === 0 ? 'urgent' : 'normal', ...(i % 4 === 0 ? {} : AT_DAJING) }),
      );
      await post(...missed.slice(0, MISSED / 2));
      await new Promise((over) => setTimeout(over, CUT_MS));
      const ids = await post(...missed.slice(MISSED / 2));
      // One of them goes on meanwhile.
      await post({ ...missed[MISSED / 2]!, state: 'closed' });
      expect(await figures(page)).toBe(before);
      await page.context().setOffline(false);
      await isLive(page);
      const fresh = await visitLive('/?period=7d');
      const now = await figures(fresh.page);
      expect(now).not.toBe(before);
      await expect.poll(() => figures(page), { timeout: 10_000 }).toBe(now);
      await expect
        .poll(() =>
          page
            .locator('[data-latest] li')
            .evaluateAll((lines) => lines.map((li) => (li as HTMLElement).dataset.incident)),
        )
        .toEqual(
          await fresh.page
            .locator('[data-latest] li')
            .evaluateAll((lines) => lines.map((li) => (li as HTMLElement).dataset.incident)),
        );
      expect(columns()).toBe(loads);
      // What was missed is no news: it does not pulse.
      expect(await page.locator(`[data-pulse="${ids.at(-1)}"]`).count()).toBe(0);
    },
    120_000 + CUT_MS,
  );
});

describe('an incident', () => {
  it('is reached by keyboard alone from the county, and left again, back to the live county', async () => {
    const { page, complaints } = await visitLive('/');
    await page.keyboard.press('l');
    const list = page.getByRole('grid', { name: '上报列表' });
    await list.waitFor();
    await expect.poll(() => list.evaluate((element) => element === document.activeElement)).toBe(true);
    const ids = await list
      .getByRole('row')
      .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.incident));
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'Enter']) await page.keyboard.press(key);
    await expect.poll(() => search(page).get('incident')).toBe(ids[1]);
    const article = page.getByRole('article');
    await article.getByText('办理轨迹').waitFor();
    await expect.poll(() => article.evaluate((element) => element.contains(document.activeElement))).toBe(true);
    await page.keyboard.press('Escape');
    await expect.poll(() => search(page).get('incident')).toBeNull();
    await expect.poll(() => list.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('l');
    await page.locator('[data-map] canvas').first().waitFor();
    await isLive(page);
    expect(new URL(page.url()).search).toBe('');
    await page.goBack();
    await page.goBack();
    await expect.poll(() => search(page).get('incident')).toBe(ids[1]);
    expect(complaints).toEqual([]);
  });

  it('that is open is renewed when it goes on', async () => {
    const first = report({ ...AT_DAJING, urgency: 'critical' });
    const [id] = await post(first);
    const { page } = await visitLive(`/?incident=${id}`);
    const article = page.getByRole('article');
    await article.getByText('待受理').first().waitFor();
    expect(await article.innerText()).toContain('大靖镇');
    await post({ ...first, state: 'in_progress' });
    await article.locator('[aria-current=step]', { hasText: '办理中' }).waitFor({ timeout: 10_000 });
  });

  it('says so where there is none of its number', async () => {
    const { page } = await desk.visit('/?incident=4000000000');
    await page.getByText('没有编号为 4000000000 的上报').waitFor();
  });
});

describe('a reader who was away', () => {
  it('is told what changed since, once, and opens it as a list', async () => {
    const { page } = await visitLive('/');
    const looked = () => page.evaluate(() => localStorage.getItem('wangge.look'));
    await expect.poll(looked, { timeout: 10_000 }).not.toBeNull();
    await page.goto('about:blank');
    const urgent = report({ ...AT_DAJING, urgency: 'critical' });
    const [id] = await post(urgent, report({ grid_code: '620622103001001' }));
    await page.clock.setFixedTime(new Date(NOW.getTime() + 3_600_000));
    await page.goto(`${desk.url}/`);
    const card = page.getByRole('region', { name: '离开期间' });
    await card.waitFor({ timeout: 30_000 });
    const told = (await card.innerText()).replace(/\s+/g, '');
    expect(told).toContain('新上报2件：采集0，事件2，矛盾纠纷0');
    expect(told).toContain('特急');
    expect(told).toContain('大靖镇20');
    await card.getByRole('button', { name: /特急/ }).click();
    await expect.poll(() => search(page).get('incident')).toBe(String(id));
    await page.keyboard.press('Escape');
    await card.getByRole('button', { name: '以列表查看新上报' }).click();
    await expect.poll(() => page.getByRole('grid').getByRole('row').count()).toBe(2);
    await card.getByRole('button', { name: '关闭离开期间' }).click();
    expect(await card.count()).toBe(0);
    await page.reload();
    await isLive(page);
    expect(await card.count()).toBe(0);
  });
});

describe('motion', () => {
  it.each([
    ['reduce', 'stay'],
    ['no-preference', 'grow'],
  ] as const)('with %s a new report’s ring does %s', async (reducedMotion, animation) => {
    const { page } = await visitLive('/', { reducedMotion });
    await mapAtRest(page);
    const [id] = await post(report(AT_DAJING));
    const ring = page.locator(`[data-pulse="${id}"] g`).first();
    await ring.waitFor({ state: 'attached', timeout: 2000 });
    const style = await ring.evaluate((element) => {
      const { animationName, animationIterationCount } = getComputedStyle(element);
      return { animationName, animationIterationCount };
    });
    expect(style.animationName).toContain(animation);
    expect(style.animationIterationCount).toBe('1');
  });
});
