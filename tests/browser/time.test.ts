import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { useDesk } from './desk.ts';
import { mapAtRest } from './picture.ts';

const served = useDesk();
/** Pages end with their test: one that plays on would slow the next. */
const open: Page[] = [];
afterEach(async () => {
  for (const page of open.splice(0)) await page.context().close();
});
const desk = {
  get url() {
    return served.url;
  },
  async visit(...where: Parameters<typeof served.visit>) {
    const visit = await served.visit(...where);
    open.push(visit.page);
    return visit;
  },
};

const spoken = (page: Page) => page.locator('[aria-live=polite]').first();
const search = (page: Page) => new URL(page.url()).searchParams;
const time = (page: Page) => page.getByRole('region', { name: '时间', exact: true });
const thumb = (page: Page, name: '时间窗起点' | '时间窗' | '时间窗终点') =>
  page.getByRole('slider', { name, exact: true });
const plot = (page: Page) => page.locator('[data-step]');
const chip = (page: Page, name: string) => time(page).getByRole('button', { name, exact: true });
/** The county's figure in the tree. */
const total = async (page: Page): Promise<number> => {
  const label = (await page.locator('[role=treeitem][data-code="620622"]').getAttribute('aria-label'))!;
  return Number(/, ([\d,]+)/.exec(label)![1]!.replaceAll(',', ''));
};
const held = (page: Page) => page.locator('[data-step][data-held=true]').waitFor({ state: 'attached' });

/** What the server counts in a window. */
async function asked(from: string, to: string, more = ''): Promise<number> {
  const response = await fetch(
    `${desk.url}/api/overview?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}${more}`,
  );
  const answer = (await response.json()) as { totals: { reports: { total: number } } };
  return answer.totals.reports.total;
}

describe('windows', () => {
  it.each([
    ['今日', 'period=today', '2026-07-01T00:00:00+08:00', '2026-07-02T00:00:00+08:00'],
    ['昨8时—今8时', 'period=duty', '2026-06-30T08:00:00+08:00', '2026-07-01T08:00:00+08:00'],
    ['近7天', 'period=7d', '2026-06-25T00:00:00+08:00', '2026-07-02T00:00:00+08:00'],
    ['本月', 'period=month', '2026-07-01T00:00:00+08:00', '2026-07-02T00:00:00+08:00'],
    ['本年', 'period=ytd', '2026-01-01T00:00:00+08:00', '2026-07-02T00:00:00+08:00'],
  ])('%s is in the address, and its figures are those of the server', async (name, address, from, to) => {
    const { page } = await desk.visit('/?view=table');
    await held(page);
    await chip(page, name).click();
    await expect.poll(() => new URL(page.url()).search).toContain(address);
    await expect.poll(() => total(page)).toBe(await asked(from, to));
    await expect.poll(() => spoken(page).innerText()).toContain(name);
  });

  it('takes free hours of the county’s clock, by form and by address', async () => {
    const { page } = await desk.visit('/?view=table&from=2026-06-28T08&to=2026-06-29T20');
    await held(page);
    expect(await total(page)).toBe(await asked('2026-06-28T08:00:00+08:00', '2026-06-29T20:00:00+08:00'));
    expect(await spoken(page).innerText()).toContain('6月28日8时至6月29日20时');
    await chip(page, '自选').click();
    const form = page.getByRole('dialog');
    await form.getByLabel('从').fill('2026-06-01');
    await form.getByLabel('起点的小时').selectOption('6');
    await form.getByLabel('终点的小时').selectOption('24');
    await form.getByRole('button', { name: '确定' }).click();
    await expect.poll(() => search(page).get('from')).toBe('2026-06-01T06');
    expect(search(page).get('to')).toBe('2026-06-30T00');
    await expect.poll(() => total(page)).toBe(await asked('2026-06-01T06:00:00+08:00', '2026-06-30T00:00:00+08:00'));
  });

  it('asks nobody once the year is held, and keeps the first picture free of it', async () => {
    const { page, asked: requests } = await desk.visit('/');
    await mapAtRest(page);
    await held(page);
    const columns = requests.filter((url) => url.includes('/api/incidents/columns'));
    expect(columns.length).toBe(1);
    // The first figures were there before the year was even asked for.
    const first = requests.findIndex((url) => url.includes('/api/overview'));
    expect(requests.indexOf(columns[0]!)).toBeGreaterThan(first);
    const counted = () => requests.filter((url) => /\/api\/(overview|incidents)/.test(url)).length;
    const before = counted();
    await chip(page, '近7天').click();
    await expect.poll(() => spoken(page).innerText()).toContain('近7天');
    await thumb(page, '时间窗').focus();
    await page.keyboard.press('Shift+ArrowLeft');
    await expect.poll(() => search(page).get('to')).toBe('2026-06-24');
    // But for the staff of another last day, by township, village and grid.
    const staff = requests.filter((url) => url.includes('/api/overview') && url.includes('2026-06-24T16:00'));
    expect(counted() - before - staff.length).toBe(0);
  });
});

describe('the timeline', () => {
  it('moves the window by dragging it, resizes it at its ends, and puts it where one clicks', async () => {
    const { page } = await desk.visit('/?view=table&from=2026-03-01&to=2026-03-31');
    await held(page);
    const box = (await plot(page).boundingBox())!;
    const middleOf = async (name: Parameters<typeof thumb>[1]) => {
      const b = (await thumb(page, name).boundingBox())!;
      return { x: b.x + b.width / 2, y: b.y + b.height / 2 };
    };
    const drag = async (from: { x: number; y: number }, by: number) => {
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      for (let i = 1; i <= 5; i++) await page.mouse.move(from.x + (by * i) / 5, from.y);
      await page.mouse.up();
    };
    const days = () => [search(page).get('from')!, search(page).get('to')!].map((day) => Date.parse(day) / 86_400_000);

    const [from, to] = days() as [number, number];
    await drag(await middleOf('时间窗'), 200);
    await expect.poll(() => days()[0]).toBeGreaterThan(from + 20);
    expect(days()[1]! - days()[0]!).toBe(to - from);
    await expect.poll(() => total(page)).toBe(await asked(search(page).get('from')!, search(page).get('to')!));

    const [start, end] = days() as [number, number];
    await drag(await middleOf('时间窗终点'), 120);
    await expect.poll(() => days()[1]).toBeGreaterThan(end + 10);
    expect(days()[0]).toBe(start);
    await drag(await middleOf('时间窗起点'), -120);
    await expect.poll(() => days()[0]).toBeLessThan(start - 10);

    const length = days()[1]! - days()[0]!;
    await page.mouse.click(box.x + box.width * 0.2, box.y + box.height / 2);
    await expect.poll(() => days()[0]).toBeLessThan(start - 60);
    expect(days()[1]! - days()[0]!).toBe(length);

    // A gesture is one step back.
    await page.goBack();
    await expect.poll(() => days()[0]).toBeGreaterThan(start - 60);
  });

  it('does the same by keyboard alone, and reaches any hour of the year', async () => {
    const { page } = await desk.visit('/?view=table&from=2026-03-01&to=2026-03-31');
    await held(page);
    await thumb(page, '时间窗').focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => search(page).get('from')).toBe('2026-02-28');
    expect(search(page).get('to')).toBe('2026-03-30');
    expect(await thumb(page, '时间窗').getAttribute('aria-valuetext')).toBe('2026年2月28日0时至3月30日24时');
    await page.keyboard.press('Shift+ArrowRight');
    await expect.poll(() => search(page).get('from')).toBe('2026-03-07');
    await thumb(page, '时间窗终点').focus();
    await page.keyboard.press('Home');
    // Nothing is shorter than an hour.
    await expect.poll(() => search(page).get('to')).toBe('2026-03-07T01');
    expect(await total(page)).toBe(await asked('2026-03-07T00:00:00+08:00', '2026-03-07T01:00:00+08:00'));
    // Zoomed in, an arrow is an hour.
    await thumb(page, '时间窗').focus();
    for (let i = 0; i < 12; i++) await page.keyboard.press('+');
    await expect.poll(() => plot(page).getAttribute('data-step')).toBe('hour');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => search(page).get('from')).toBe('2026-03-07T01');
    expect(search(page).get('to')).toBe('2026-03-07T02');
    for (let i = 0; i < 12; i++) await page.keyboard.press('-');
    await expect.poll(() => plot(page).getAttribute('data-step')).toBe('day');
  });

  it('zooms with the wheel around the pointer', async () => {
    const { page } = await desk.visit('/?view=table&period=year');
    await held(page);
    expect(await plot(page).getAttribute('data-step')).toBe('day');
    const box = (await plot(page).boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + 20);
    for (let i = 0; i < 14; i++) await page.mouse.wheel(0, -400);
    await expect.poll(() => plot(page).getAttribute('data-step')).toBe('hour');
    // The window has not moved.
    expect(search(page).get('period')).toBe('year');
  });
});

describe('playback', () => {
  it('goes on by itself with scales that stay, and comes back to the present', async () => {
    const { page } = await desk.visit('/?from=2026-02-01&to=2026-02-07', { reducedMotion: 'no-preference' });
    await mapAtRest(page);
    await held(page);
    await time(page).getByLabel('播放速度').selectOption('168');
    await time(page).getByRole('button', { name: '播放' }).click();
    const legend = page.getByRole('region', { name: '图例' });
    const breaks = async () =>
      (await legend.getByRole('button', { name: /格$/ }).allInnerTexts()).map((text) => text.split('\n')[0]);
    const starts = new Set<string>();
    const scales = new Set<string>();
    const heights = new Set<string | null>();
    // Long enough for several steps, whatever the machine: the address follows about once a second.
    while (starts.size < 3) {
      starts.add(search(page).get('from')!);
      scales.add((await breaks()).join(' '));
      heights.add(await plot(page).getAttribute('data-highest'));
      await page.evaluate(() => new Promise((next) => requestAnimationFrame(next)));
    }
    expect([...starts]).toEqual([...starts].sort());
    expect(scales.size).toBe(1);
    expect(heights.size).toBe(1);
    await page.locator('body').press(' ');
    await time(page).getByRole('button', { name: '播放' }).waitFor();
    const [from, to] = [search(page).get('from')!, search(page).get('to')!];
    const hour = (text: string) => (text.includes('T') ? `${text}:00:00+08:00` : `${text}T00:00:00+08:00`);
    // As long as it was, and counted as the server counts.
    const end = to.includes('T') ? Date.parse(hour(to)) : Date.parse(hour(to)) + 86_400_000;
    expect(end - Date.parse(hour(from))).toBe(7 * 86_400_000);
    await expect.poll(() => total(page)).toBe(await asked(hour(from), new Date(end).toISOString()));
    await time(page)
      .getByRole('button', { name: /^回到实时/ })
      .click();
    await expect.poll(() => new URL(page.url()).search).toBe('');
    await time(page).getByRole('button', { name: '含当前时刻' }).waitFor();
  });

  it('does not stop intake, and says how many have come meanwhile', async () => {
    const { page } = await desk.visit('/?view=table&from=2026-03-01&to=2026-03-07');
    await held(page);
    const before = await total(page);
    const answer = await fetch(`${desk.url}/api/incidents`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        incidents: [0, 1].map((i) => ({
          source: 'time-test',
          external_id: `arrival-${i}`,
          kind: 'event',
          category: 'livelihood',
          occurred_at: '2026-03-03T10:00:00+08:00',
          grid_code: '620622103001001',
        })),
      }),
    });
    expect(await answer.json()).toMatchObject({ results: [{ fate: 'created' }, { fate: 'created' }] });
    // Focus renews what the server says; the columns follow.
    await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
    await time(page).getByRole('button', { name: '回到实时 (+2)' }).waitFor({ timeout: 90_000 });
    expect(await total(page)).toBe(before + 2);
  });

  it('steps calmly where motion is not wanted', async () => {
    const { page } = await desk.visit('/?view=table&from=2026-02-01&to=2026-02-07', { reducedMotion: 'reduce' });
    await held(page);
    await page.evaluate(() => {
      const seen: number[] = [];
      Object.assign(window, { seen });
      const mark = document.querySelector('[role=slider][data-part=from]')!;
      new MutationObserver(() => seen.push(performance.now())).observe(mark, {
        attributes: true,
        attributeFilter: ['aria-valuenow'],
      });
    });
    await time(page).getByRole('button', { name: '播放' }).click();
    await page.waitForFunction(() => (window as unknown as { seen: number[] }).seen.length >= 4);
    const seen = await page.evaluate(() => (window as unknown as { seen: number[] }).seen);
    // The first step is the start itself; between the others lies the calm.
    for (let i = 2; i < seen.length; i++) expect(seen[i]! - seen[i - 1]!).toBeGreaterThan(700);
  });
});

describe('filters', () => {
  it('are shared by figures, tree, table and address, shown as chips, and cleared by one click', async () => {
    const { page } = await desk.visit('/?view=table');
    await held(page);
    const all = await total(page);
    const bar = page.getByRole('group', { name: '筛选' });
    await bar.getByRole('button', { name: '事件', exact: true }).click();
    await bar.getByRole('button', { name: '未办结', exact: true }).click();
    await expect.poll(() => search(page).get('kind')).toBe('event');
    expect(search(page).get('open')).toBe('true');
    await expect.poll(() => total(page)).toBeLessThan(all / 2);
    await expect.poll(() => spoken(page).innerText()).toContain('只计事件；未办结');
    await bar.getByRole('button', { name: '更多筛选' }).click();
    await page.getByRole('checkbox', { name: '紧急' }).check();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '去掉筛选：紧急' }).waitFor();
    await page.getByRole('button', { name: '清除筛选' }).click();
    await expect.poll(() => total(page)).toBe(all);
    expect(new URL(page.url()).search).toBe('?view=table');
  });

  it('are set by a click on a category, whose others stay to be chosen', async () => {
    const { page } = await desk.visit('/');
    await held(page);
    const list = page.getByRole('region', { name: '类别' });
    const counts = () => list.getByRole('button').allInnerTexts();
    const before = await counts();
    await list.getByRole('button').nth(1).click();
    await expect.poll(() => search(page).get('category')).not.toBeNull();
    const chosen = Number(before[1]!.split('\n').at(-1)!.replaceAll(',', ''));
    await expect.poll(() => total(page)).toBe(chosen);
    expect(await counts()).toEqual(before);
    expect(await list.getByRole('button').nth(1).getAttribute('aria-pressed')).toBe('true');
  });
});

describe('comparison', () => {
  it('says by how much, in figures, tree and timeline, and of what', async () => {
    const { page } = await desk.visit('/?from=2026-03-01&to=2026-03-31&compare=prev');
    await held(page);
    const [now, then] = [await asked('2026-03-01', '2026-03-31'), await asked('2026-01-29', '2026-02-28')];
    const percent = (now / then - 1) * 100;
    const shown = `${percent > 0 ? '+' : '−'}${Math.abs(Math.round(percent * 10) / 10)}%`;
    await expect.poll(() => time(page).locator('output').innerText()).toBe(shown);
    await expect
      .poll(() => page.locator('#figures').innerText())
      .toContain(`环比 ${shown}（前期${then.toLocaleString('en-US')}）`);
    expect(await page.locator('[role=treeitem][data-code="620622"]').getAttribute('aria-label')).toContain(shown);
    expect(await page.locator('#figures').innerText()).toMatch(/化解率[+−±][\d.]+个百分点/);
  });

  it('says that there is no data then, and never a zero', async () => {
    const { page } = await desk.visit('/?compare=yoy');
    await held(page);
    await expect.poll(() => time(page).locator('output').innerText(), { timeout: 30_000 }).toBe('无同期数据');
    expect(await page.locator('#figures').innerText()).toContain('同比 无同期数据');
    expect(await page.locator('#figures').innerText()).not.toContain('前期0');
  });
});

describe('the address', () => {
  it('brings moment, window, filters, area, comparison, layers and camera back as they were', async () => {
    const path =
      '/?area=620622103&from=2026-05-01T06&to=2026-05-03T18&compare=prev&kind=event,dispute&urgency=urgent,critical&open=true&layers=fill,heat,labels&camera=103.4,37.5,10.5';
    const { page } = await desk.visit(path);
    await mapAtRest(page);
    await held(page);
    expect(new URL(page.url()).search).toBe(path.slice(1));
    const before = await spoken(page).innerText();
    expect(before).toMatch(/^大靖镇：.*5月1日6时至5月3日18时（只计事件、矛盾纠纷；紧急、特急；未办结）/);
    const again = await desk.visit(new URL(page.url()).pathname + new URL(page.url()).search);
    await held(again.page);
    await expect.poll(() => spoken(again.page).innerText()).toBe(before);
  });

  it('of earlier days is still understood', async () => {
    const { page } = await desk.visit('/?view=table&period=custom&from=2026-03-01&to=2026-03-31');
    await expect.poll(() => total(page)).toBe(await asked('2026-03-01', '2026-03-31'));
  });
});
