import { VectorTile } from '@mapbox/vector-tile';
import fc from 'fast-check';
import { PbfReader } from 'pbf';
import { describe, expect, it } from 'vitest';
import { encodeKeys, polygonCommands, TileWriter, ValueTable } from './encode.ts';

const value = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.boolean(),
  fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0.25),
);
const unit = fc.integer({ min: -64, max: 4160 });
const feature = fc.record({
  id: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  values: fc.dictionary(fc.constantFrom('name', '编码', 'n', 'share'), value),
  whole: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  ring: fc.array(fc.tuple(unit, unit), { minLength: 3, maxLength: 20 }),
  point: fc.tuple(fc.integer({ min: 0, max: 4095 }), fc.integer({ min: 0, max: 4095 })),
});
const KEYS = ['name', '编码', 'n', 'share', 'whole'];

describe('the writer of tiles', () => {
  it('writes what another reader reads', () => {
    const writer = new TileWriter();
    fc.assert(
      fc.property(fc.array(fc.array(feature, { maxLength: 8 }), { maxLength: 3 }), (layers) => {
        const table = new ValueTable();
        for (const features of layers)
          for (const { values } of features) for (const v of Object.values(values)) table.number(v);
        layers.forEach((features, n) => {
          writer.begin(`layer${n}`, table);
          for (const { id, values, whole, ring, point } of features) {
            let pairs = 0;
            for (const [name, v] of Object.entries(values)) {
              writer.tags[2 * pairs] = KEYS.indexOf(name);
              writer.tags[2 * pairs++ + 1] = writer.value(table.number(v));
            }
            writer.tags[2 * pairs] = KEYS.indexOf('whole');
            writer.tags[2 * pairs++ + 1] = writer.whole(whole);
            if (n % 2 === 0) writer.polygon(id, pairs, polygonCommands([ring.flat(), ring.flat()]));
            else writer.point(id, pairs, ...point);
          }
          writer.end(encodeKeys(KEYS));
        });
        const bytes = writer.take();
        const read = bytes ? new VectorTile(new PbfReader(bytes)).layers : {};
        const filled = layers.flatMap((features, n) => (features.length > 0 ? [{ features, n }] : []));
        expect(Object.keys(read)).toEqual(filled.map(({ n }) => `layer${n}`));
        for (const { features, n } of filled) {
          const layer = read[`layer${n}`]!;
          expect([layer.version, layer.extent, layer.length]).toEqual([2, 4096, features.length]);
          features.forEach(({ id, values, whole, ring, point }, i) => {
            const got = layer.feature(i);
            expect(got.id).toBe(id);
            expect(got.properties).toEqual({ ...values, whole });
            const rings = got.loadGeometry().map((line) => line.map((p) => [p.x, p.y]));
            if (n % 2 === 0)
              expect(rings).toEqual([
                [...ring, ring[0]],
                [...ring, ring[0]],
              ]);
            else expect(rings).toEqual([[point]]);
          });
        }
      }),
    );
    expect(writer.take()).toBeNull();
  });
});
