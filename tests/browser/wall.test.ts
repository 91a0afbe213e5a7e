import { readFileSync } from 'node:fs';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import readExcelFile from 'read-excel-file/universal';
import { afterEach, describe, expect, it } from 'vitest';
import { useDesk } from './desk.ts';
import { mapAtRest } from './picture.ts';

const desk = useDesk();
const open = new Set<BrowserContext>();
// A wall that goes on drawing behind the next page would slow it.
afterEach(async () => {
  for (const context of open) await context.close();
  open.clear();
});
async function visit(path: string, options: BrowserContextOptions = {}) {
  const visit = await desk.visit(path, options);
  open.add(visit.page.context());
  return visit;
}

const search = (page: Page) => new URL(page.url()).searchParams;
const isHeld = (page: Page) => page.locator('[data-highest]').waitFor({ timeout: 60_000 });

/** The text that the copy button of a figure leaves on the clipboard. */
async function copied(page: Page, figure: string): Promise<string> {
  await page.getByRole('button', { name: `复制文字：${figure}`, exact: true }).click();
  // Said quietly, and spoken.
  await page
    .getByRole('status')
    .filter({ hasText: `已复制：${figure}` })
    .waitFor({ state: 'attached' });
  return page.evaluate(() => navigator.clipboard.readText());
}

/** A workbook that a button downloads, by sheet. */
async function saved(page: Page, name: string | RegExp) {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name }).first().click();
  const file = await download;
  const bytes = readFileSync(await file.path());
  const sheets = await readExcelFile(new Blob([bytes]));
  return { name: file.suggestedFilename(), sheets: new Map(sheets.map(({ sheet, data }) => [sheet, data])) };
}

describe('the wall', () => {
  const SIZES = [
    { width: 1920, height: 1080, wide: false },
    { width: 3840, height: 1080, wide: true },
    { width: 7680, height: 2160, wide: true },
  ] as const;
  it.each(SIZES)(
    'fits $width × $height: nothing scrolls, figures are legible, the map keeps its share',
    async (size) => {
      const { width, height, wide } = size;
      const { page, complaints, strangers } = await visit('/?view=wall', { viewport: { width, height } });
      await page.locator('[data-view=wall] dl').waitFor();
      await isHeld(page);
      await page.locator('[data-map]').waitFor();
      const laid = await page.evaluate(() => {
        const root = document.documentElement;
        const wall = document.querySelector('[data-view=wall]')!;
        const box = (selector: string) => document.querySelector(selector)!.getBoundingClientRect();
        // Whatever stands in a panel stands in it whole.
        const panels = [...wall.children].filter(
          (child) => child.clientWidth > 9 && getComputedStyle(child).overflow === 'hidden',
        );
        const cut = panels
          .filter((panel) => panel.scrollHeight > panel.clientHeight + 1)
          .map((panel) => panel.className);
        const seen = (element: Element) => element.getClientRects().length > 0;
        const figures = [...wall.querySelectorAll('dl b, dl small, li, [aria-label="图例"] li')].filter(seen);
        return {
          page: [root.scrollWidth, root.scrollHeight],
          cut,
          map: box('[data-map]').width / innerWidth,
          least:
            Math.min(...figures.map((figure) => Number.parseFloat(getComputedStyle(figure).fontSize))) / innerHeight,
          greatest: Number.parseFloat(getComputedStyle(wall.querySelector('dl b')!).fontSize) / innerHeight,
          columns: new Set(
            [...wall.children].filter(seen).map((child) => Math.round(child.getBoundingClientRect().left)),
          ).size,
          scaled: [...document.querySelectorAll('*')].some((e) => /scale/.test(getComputedStyle(e).transform)),
        };
      });
      expect(laid.page).toEqual([width, height]);
      expect(laid.cut).toEqual([]);
      expect(laid.map).toBeGreaterThanOrEqual(0.45);
      expect(laid.least).toBeGreaterThanOrEqual(0.0179);
      expect(laid.greatest).toBeGreaterThan(0.03);
      // Head, timeline and foot begin where the first column does.
      expect(laid.columns).toBe(wide ? 5 : 3);
      expect(laid.scaled).toBe(false);
      expect(complaints).toEqual([]);
      expect(strangers).toEqual([]);
    },
  );

  it('is the same page: one key leads there and back, and the address keeps what was chosen', async () => {
    const { page } = await visit('/?area=620622103&period=7d');
    await isHeld(page);
    await page.keyboard.press('w');
    await page.locator('[data-view=wall]').waitFor();
    expect(Object.fromEntries(search(page))).toEqual({ area: '620622103', period: '7d', view: 'wall' });
    expect(await page.locator('[data-view=wall] h1').innerText()).toContain('大靖镇');
    await page.keyboard.press('w');
    await page.locator('#figures').waitFor();
    expect(search(page).get('view')).toBeNull();
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('16px');
  });

  it('shows time of data, freshness, exceptions of the coverage and what came last', async () => {
    const { page } = await visit('/?view=wall', { viewport: { width: 1920, height: 1080 } });
    await isHeld(page);
    const text = (await page.locator('[data-view=wall]').innerText()).replace(/\s+/g, '');
    for (const word of ['数据截至', '配备例外', '空岗', '最新上报', '演示数据·非真实情况', '14:00'])
      expect(text).toContain(word);
    expect(await page.locator('[data-freshness]').count()).toBe(1);
  });
});

describe('reception mode', () => {
  /** Numbers of one or two that count reports or people, wherever they stand. */
  const leaks = (text: string) => text.match(/(?<![\d,.＜<第:：-])[12](?= ?[件户])/g) ?? [];

  it('leaks no small count, no single report and no point, on desk, table, wall and paper', async () => {
    // Two days: most grids have few reports.
    const window = 'from=2026-06-29&to=2026-06-30';
    const { page } = await visit(`/?reception=1&${window}&area=620622103001&layers=fill,points,staffing,labels`);
    await isHeld(page);
    await mapAtRest(page);
    const body = page.locator('body');
    // The legend's classes count grids, and everything else that is small is withheld.
    const text = await body.innerText();
    expect(text).toContain('接待模式');
    expect(text).toMatch(/＜3/);
    expect(leaks(text)).toEqual([]);
    expect(text).not.toMatch(/NaN|Infinity|∞/);
    for (const gone of ['最新上报', '点位：显示']) expect(text).not.toContain(gone);
    expect(await page.locator('li[data-incident], [role=row][data-incident]').count()).toBe(0);
    expect(await page.locator('[data-latest]').count()).toBe(0);
    expect(await page.locator('[data-print]').innerHTML()).toContain('接待模式');
    // Every area's number in the tree: withheld, or three and more.
    const values = await page.locator('[role=treeitem] > span:last-child').allInnerTexts();
    for (const value of values)
      expect(value === '＜3' || value === '＊' || Number(value.replaceAll(',', '')) >= 3).toBe(true);
    await page.keyboard.press('t');
    await expect.poll(() => page.getByRole('row').count()).toBeGreaterThan(3);
    const counts = await page.evaluate(() => {
      const headings = [...document.querySelectorAll('table[aria-rowcount] thead th')].map(
        (th) => th.textContent ?? '',
      );
      const counted = headings.flatMap((name, i) => (/^(上报|纠纷|化解|未办结)/.test(name) ? [i] : []));
      return [...document.querySelectorAll('table[aria-rowcount] tr[aria-rowindex]')].flatMap((row) =>
        counted.map((i) => row.children[i]?.textContent ?? ''),
      );
    });
    expect(counts).toContain('＜3');
    for (const count of counts) expect(count).toMatch(/^(＜3|＊|[3-9]|\d[\d,]+)$/);
    await page.keyboard.press('w');
    await page.locator('[data-view=wall]').waitFor();
    expect(leaks(await body.innerText())).toEqual([]);
    expect(await page.locator('li[data-incident], [role=row][data-incident]').count()).toBe(0);
  });

  it('opens no list and no report, also by address', async () => {
    const { page } = await visit('/?reception=1&view=list&incident=1000');
    await isHeld(page);
    await mapAtRest(page);
    expect(await page.getByRole('grid').count()).toBe(0);
    expect(await page.locator('article').count()).toBe(0);
    await page.keyboard.press('l');
    expect(await page.getByRole('grid').count()).toBe(0);
  });

  it('shows in the parts of an area nothing from which a withheld number follows', async () => {
    const { page } = await visit('/?reception=1&from=2026-06-30&to=2026-06-30&area=620622103&view=map');
    await isHeld(page);
    await expect.poll(() => page.locator('[role=treeitem][aria-level="3"]').count()).toBeGreaterThan(5);
    const number = (text: string) => (/^[\d,]+$/.test(text.trim()) ? Number(text.replaceAll(',', '')) : null);
    const own = number(await page.locator('[data-code="620622103"] > span:last-child').innerText());
    const parts = (await page.locator('[role=treeitem][aria-level="3"] > span:last-child').allInnerTexts()).map(number);
    expect(parts.filter((part) => part === null).length).not.toBe(1);
    for (const part of parts) expect(part === null || part >= 3).toBe(true);
    expect(own === null || own >= 3).toBe(true);
  });

  it('is switched by a visible switch, and the address says so', async () => {
    const { page } = await visit('/');
    await isHeld(page);
    await page.getByRole('button', { name: '接待模式' }).click();
    await expect.poll(() => search(page).get('reception')).toBe('1');
    await page.getByText('接待模式：＜3 为不足3').first().waitFor();
    await page.getByRole('button', { name: '接待模式' }).click();
    await expect.poll(() => search(page).get('reception')).toBeNull();
  });

  it('withholds in copied text and in the workbook too', async () => {
    const { page } = await visit('/?reception=1&from=2026-06-29&to=2026-06-30&area=620622103001', {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await isHeld(page);
    const sentence = await copied(page, '类别');
    expect(sentence).toContain('＜3件');
    expect(leaks(sentence)).toEqual([]);
    expect(sentence).toContain('接待模式，不足3的数写作＜3');
    const { sheets } = await saved(page, /^导出 XLSX/);
    for (const [sheet, rows] of sheets) {
      if (sheet !== '类别' && sheet !== '时间分布' && sheet !== '时段分布') continue;
      for (const cell of rows.slice(1).flat()) {
        if (typeof cell === 'number' && Number.isInteger(cell)) expect(cell).toBeGreaterThanOrEqual(3);
      }
    }
    expect(sheets.get('类别')!.flat()).toContain('＜3');
  });
});

describe('what leaves the desk', () => {
  it('is a sentence with time, counting and source for every figure', async () => {
    const { page } = await visit('/', { permissions: ['clipboard-read', 'clipboard-write'] });
    await isHeld(page);
    await mapAtRest(page);
    for (const name of [
      '数据概况',
      '类别',
      '最新上报',
      '时段分布',
      '网格员配备',
      '上报覆盖',
      '乡镇（街道）',
      '上报信息',
      '时间分布',
    ]) {
      const text = await copied(page, name);
      expect(text, name).toMatch(/^古浪县.*\n截至2026-07-01 14:00。口径：.+。来源：.+（演示数据·非真实情况）。$/s);
    }
  });

  it('says what the filter leaves, and which hours', async () => {
    const { page } = await visit('/?period=duty&kind=event&urgency=critical', {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await isHeld(page);
    const text = await copied(page, '数据概况');
    expect(text).toContain('昨8时—今8时（只计事件；特急）');
    expect(text).toContain('按发生时间统计，2026年6月30日8时至7月1日8时；仅计事件；特急');
  });

  it('can be copied by hand where the page may not write to the clipboard', async () => {
    const { page } = await visit('/');
    await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
    await page.reload();
    await page.locator('#figures').waitFor();
    await page.getByRole('button', { name: '复制文字：数据概况' }).focus();
    await page.keyboard.press('Enter');
    const box = page.getByRole('textbox', { name: '文字：数据概况' });
    await box.waitFor();
    expect(await box.inputValue()).toContain('口径：');
    await expect.poll(() => page.evaluate(() => getSelection()?.toString() ?? '')).toContain('来源：');
    await page.keyboard.press('Escape');
    await box.waitFor({ state: 'detached' });
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toBe('复制文字：数据概况');
  });

  it('is a workbook with the same figures, read back', async () => {
    const { page, asked } = await visit('/?area=620622103');
    await isHeld(page);
    // The timeline has its bars before the area has its reports; the sheets of times come with those.
    await page.locator('[data-latest]').waitFor();
    expect(asked.filter((file) => file.includes('/xlsx'))).toEqual([]);
    const { name, sheets } = await saved(page, /^导出 XLSX：大靖镇/);
    expect(name).toBe('古浪县_大靖镇_网格态势_2026年6月2日至7月1日.xlsx');
    expect([...sheets.keys()]).toEqual(['概况', '类别', '配备', '时间分布', '时段分布', '区域', '说明']);
    const shown = Number((await page.locator('#figures dl b').first().innerText()).replaceAll(',', ''));
    const reports = sheets.get('概况')!.find((row) => row[0] === '上报信息（件）')!;
    expect(reports[1]).toBe(shown);
    const sum = (rows: readonly (readonly unknown[])[], column: number) =>
      rows.slice(1).reduce((total, row) => total + Number(row[column]), 0);
    expect(sum(sheets.get('类别')!, 1)).toBe(shown);
    expect(sum(sheets.get('时间分布')!, 1)).toBe(shown);
    const areas = sheets.get('区域')!;
    expect(areas[1]![0]).toBe('620622103001');
    const notes = new Map(sheets.get('说明')!.map((row) => [row[0], row[1]]));
    expect(notes.get('截至')).toBe('2026-07-01 14:00');
    expect(notes.get('声明')).toBe('演示数据·非真实情况');
    const counting = sheets.get('说明')!.flatMap((row) => (row[0] === '口径' ? [row[1]] : []));
    expect(counting.join()).toContain('按发生时间统计，2026年6月2日至7月1日');
  });

  it('is the table of grids and the list of reports as well', async () => {
    const { page } = await visit('/?area=620622103&view=table');
    await isHeld(page);
    const grids = await saved(page, '导出 XLSX：网格表');
    expect(grids.sheets.get('网格')).toHaveLength(39);
    expect(grids.sheets.get('网格')![1]![0]).toBe('620622103001001');
    await page.keyboard.press('l');
    await page.getByRole('grid').waitFor();
    const list = await saved(page, '导出 XLSX：上报列表');
    const rows = list.sheets.get('上报清单')!;
    expect(rows[0]!.slice(0, 3)).toEqual(['编号', '发生时间', '地点']);
    expect(rows.length).toBe(1 + Number(await page.getByRole('grid').getAttribute('aria-rowcount')));
  });
});
