import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useDesk } from './desk.ts';
import { mapAtRest } from './picture.ts';

const desk = useDesk();

const item = (page: Page, code: string) => page.locator(`[role=treeitem][data-code="${code}"]`);
const figures = (page: Page) => page.locator('#figures');
const spoken = (page: Page) => page.locator('[aria-live=polite]').first();
const search = (page: Page) => new URL(page.url()).searchParams;

describe('the first picture', () => {
  it('stands with tree, figures and notices, speaks one sentence and asks nobody outside', async () => {
    const { page, strangers, complaints } = await desk.visit('/');
    await item(page, '620622').waitFor();
    await mapAtRest(page);
    expect(await page.locator('[role=treeitem][aria-level="2"]').count()).toBe(20);
    const text = (await page.locator('body').innerText()).replace(/\s+/g, '');
    for (const notice of [
      '演示数据·非真实情况',
      '示意图，网格界线不作为行政区域划界依据',
      '未上图',
      '截至',
      '按2023年报道总量模拟',
      'CCBY4.0',
      '审图号',
    ]) {
      expect(text).toContain(notice);
    }
    expect(await spoken(page).innerText()).toMatch(
      /^古浪县：278个网格，近30天上报[\d,]+件，其中矛盾纠纷\d+件，化解\d+件/,
    );
    expect(strangers).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('shows tables and figures before the map arrives', async () => {
    const { page } = await desk.visit('/');
    await page.route(/MapView|maplibre/, () => new Promise(() => undefined));
    await page.reload();
    await item(page, '620622103').waitFor();
    await figures(page).getByText('278').first().waitFor();
    expect(await page.locator('canvas').count()).toBe(0);
  });

  it('needs at most 600 KB of script and style, compressed, before the map is drawn', async () => {
    const { page, asked } = await desk.visit('/');
    await mapAtRest(page);
    // The worker, which MapLibre fetches for itself, is no part of the first frame's budget.
    const files = [...new Set(asked)].filter((file) => /\.(js|css)$/.test(file) && !file.includes('worker'));
    const bodies = await Promise.all(files.map(async (file) => (await fetch(file)).arrayBuffer()));
    const total = bodies.reduce((sum, body) => sum + gzipSync(new Uint8Array(body), { level: 6 }).length, 0);
    expect(files.length).toBeGreaterThan(1);
    expect(total).toBeLessThanOrEqual(600 * 1024);
  });

  it('does everything but the map without WebGL', async () => {
    const { page } = await desk.visit('/', { webgl: false });
    await page.locator('[data-map-unavailable]').waitFor();
    await item(page, '620622103').click();
    await expect.poll(() => spoken(page).innerText()).toMatch(/^大靖镇：38个网格/);
    await page.keyboard.press('t');
    await page.getByRole('row').nth(1).waitFor();
  });
});

describe('drilling down', () => {
  it('changes list, figures, address and sentence together, from county to grid, by keyboard alone', async () => {
    const { page } = await desk.visit('/');
    await item(page, '620622').focus();
    const steps: [keys: string[], code: string, sentence: RegExp][] = [
      [['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter'], '620622103', /^大靖镇：38个网格/],
      [['ArrowRight', 'Enter'], '620622103001', /^明珠社区：/],
      [['ArrowRight', 'ArrowRight', 'Enter'], '620622103001001', /^明珠社区第1网格/],
    ];
    for (const [keys, code, sentence] of steps) {
      for (const key of keys) await page.keyboard.press(key);
      await expect.poll(() => search(page).get('area')).toBe(code);
      await expect.poll(() => spoken(page).innerText()).toMatch(sentence);
      expect(await item(page, code).getAttribute('aria-selected')).toBe('true');
      await expect.poll(() => figures(page).innerText()).toContain(code);
    }
    const grid = await figures(page).innerText();
    for (const word of ['明珠社区', '大靖镇', '专职', '创稳', '辅助', '户']) expect(grid).toContain(word);
    await page.keyboard.press('Escape');
    await expect.poll(() => search(page).get('area')).toBe('620622103001');
    await page.goBack();
    await expect.poll(() => search(page).get('area')).toBe('620622103001001');
  });

  it('goes down by clicks on the map', async () => {
    const { page } = await desk.visit('/?area=620622103&layers=fill');
    await mapAtRest(page);
    const box = (await page.locator('[data-map] canvas').first().boundingBox())!;
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await expect.poll(() => search(page).get('area')).toMatch(/^620622103\d{3}$/);
    expect(await spoken(page).innerText()).toMatch(/^\S+(村|社区)：/);
  });

  it('finds grids by code, by name and by village, and says when there is none', async () => {
    const { page } = await desk.visit('/');
    const box = page.locator('header input');
    await box.fill('富民新村');
    await page.locator('[role=option]').first().waitFor();
    expect(await page.locator('[role=option]').allInnerTexts()).toEqual(
      expect.arrayContaining([expect.stringContaining('富民新村')]),
    );
    await box.fill('620622103001003');
    await page.locator('[role=option]').first().click();
    await expect.poll(() => search(page).get('area')).toBe('620622103001003');
    await box.fill('没有这样的地方');
    await page.getByText('没有匹配').waitFor();
  });
});

describe('measures, classes and layers', () => {
  it('recolours by measure, and each class opens the list of its grids', async () => {
    const { page } = await desk.visit('/?measure=coverage');
    const legend = page.getByRole('region', { name: '图例' });
    await legend.getByRole('button', { name: /空岗/ }).waitFor();
    const classes = await legend.getByRole('button', { name: /格$/ }).all();
    let listed = 0;
    for (const [i, label] of ['专职在岗', '代管', '空岗', '无数据'].entries()) {
      const count = Number(/(\d+)格$/.exec((await classes[i]!.innerText()).replace(/\s/g, ''))![1]);
      await classes[i]!.click();
      const list = page.getByRole('region', { name: label, exact: true });
      await list.waitFor();
      expect(await list.getByRole('listitem').count()).toBe(count);
      listed += count;
      await classes[i]!.click();
    }
    expect(listed).toBe(278);
  });

  it('says unit, period and denominator of every measure', async () => {
    const { page } = await desk.visit('/?period=7d');
    const legend = page.getByRole('region', { name: '图例' });
    for (const [key, words] of [
      ['1', /件.*近7天/s],
      ['2', /千户/],
      ['3', /未办结/],
      ['4', /每格应有一名专职/],
      ['5', /人/],
    ] as const) {
      await page.locator('body').press(key);
      await expect.poll(() => legend.innerText()).toMatch(words);
    }
  });

  it('keeps what is seen in a readable address', async () => {
    const path = '/?area=620622103&period=7d&measure=per1000&layers=fill,heat,labels&lang=en&theme=dark';
    const { page } = await desk.visit(path);
    await expect.poll(() => spoken(page).innerText()).toMatch(/Dajing/);
    expect(new URL(page.url()).search).toBe(new URL(path, desk.url).search);
    expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark');
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    // English is complete: outside the data's own names no Chinese is left in the controls.
    const labels = await page.locator('button, th, h2, h3, label').allInnerTexts();
    const names = labels.filter(
      (label) => /[一-鿿]/.test(label) && !/^[一-鿿\s第\d]+$/.test(label) && label.trim() !== '中',
    );
    expect(names).toEqual([]);
  });

  it('lists every grid in code order and sorts by value only on a click', async () => {
    const { page } = await desk.visit('/?view=table');
    await page.getByRole('row').nth(3).waitFor();
    const codes = async () =>
      (await page.locator('tbody tr td:first-child').allInnerTexts()).filter((code) => /^\d{15}$/.test(code));
    const first = await codes();
    expect(first.length).toBeGreaterThan(10);
    expect(first).toEqual([...first].sort());
    await page.getByRole('button', { name: /^上报/ }).last().click();
    await expect.poll(codes).not.toEqual(first);
  });
});

describe('when things go wrong', () => {
  it('says that the service does not answer, and recovers', async () => {
    const { page } = await desk.visit('/');
    let broken = true;
    await page.route(/\/api\//, (route) => (broken ? route.abort() : route.continue()));
    await page.reload();
    await page.getByText('数据服务没有应答').waitFor({ timeout: 60_000 });
    broken = false;
    // At once: the page also tries by itself every few seconds, and the button goes with the failure.
    await page.getByRole('button', { name: '重试' }).dispatchEvent('click');
    await item(page, '620622').waitFor();
  });

  it('shows the county where the address names an area that is not there', async () => {
    const { page } = await desk.visit('/?area=999999');
    await page.getByText('没有编码为 999999 的区域').waitFor();
    await expect.poll(() => spoken(page).innerText()).toMatch(/^古浪县：/);
  });
});
