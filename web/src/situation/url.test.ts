import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LAYERS } from './layer.ts';
import { MEASURES } from './measure.ts';
import { PERIODS } from './period.ts';
import {
  DEFAULT_VIEW,
  LANGUAGES,
  parseSearch,
  parseView,
  type Search,
  searchOf,
  stringifySearch,
  THEMES,
  type ViewState,
} from './url.ts';

const views: fc.Arbitrary<ViewState> = fc
  .record({
    area: fc.constantFrom(null, '620622103', '620622103001001'),
    period: fc.constantFrom(...PERIODS),
    measure: fc.constantFrom(...MEASURES),
    layers: fc.subarray([...LAYERS]),
    pick: fc.constantFrom(null, 'vacant', '12', '0.5'),
    camera: fc.option(
      fc.record({
        lon: fc.integer({ min: -1_800_000, max: 1_800_000 }).map((n) => n / 1e4),
        lat: fc.integer({ min: -850_000, max: 850_000 }).map((n) => n / 1e4),
        zoom: fc.integer({ min: 0, max: 2400 }).map((n) => n / 100),
      }),
    ),
    view: fc.constantFrom('map' as const, 'table' as const),
    lang: fc.constantFrom(null, ...LANGUAGES),
    theme: fc.constantFrom(null, ...THEMES),
  })
  .map((view) => ({ ...view, days: view.period === 'custom' ? { from: '2026-10-01', to: '2026-10-07' } : null }));

test('every view comes back from its address as it was', () => {
  fc.assert(
    fc.property(views, (view) => {
      const address = stringifySearch(searchOf(view));
      expect(parseView(parseSearch(address))).toEqual(view);
    }),
  );
});

test('the address is readable and leaves out what is the default', () => {
  expect(stringifySearch(searchOf(DEFAULT_VIEW))).toBe('');
  const view: ViewState = { ...DEFAULT_VIEW, area: '620622103', period: '7d', layers: ['fill', 'heat', 'labels'] };
  expect(stringifySearch(searchOf(view))).toBe('?area=620622103&period=7d&layers=fill,heat,labels');
});

test('a code keeps all its digits', () => {
  expect(parseView(parseSearch('?area=62062210300100112345')).area).toBe('62062210300100112345');
});

test('what is not understood falls back and breaks nothing', () => {
  const bad: Search = {
    area: 'a b<script>',
    period: 'custom',
    from: '2026-02-30',
    to: '2026-03-01',
    measure: 'luck',
    layers: 'fill,smoke',
    camera: '1,2',
    lang: 'xx',
  };
  expect(parseView(bad)).toEqual({ ...DEFAULT_VIEW, layers: ['fill'] });
  expect(parseView({ period: 'custom', from: '2026-03-02', to: '2026-03-01' }).period).toBe('30d');
});
