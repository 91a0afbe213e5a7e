/** Both engines give and take the same JS values. */
import type { Database } from '@wangge/api/db/database';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { ENGINES, openEngine } from '../../engines.ts';

describe.each(ENGINES)('values on %s', (engine) => {
  let db: Database;
  beforeAll(async () => {
    db = await openEngine(engine, 'empty');
  });

  const value = async (query: ReturnType<typeof sql>): Promise<unknown> =>
    (await db.rows<{ value: unknown }>(sql`SELECT ${query} AS value`))[0]?.value;

  it.each([
    ['int2', `'-7'::int2`, -7],
    ['int4', `42`, 42],
    ['int8', `9007199254740991::int8`, 9007199254740991],
    ['count', `count(*)`, 1],
    ['sum of int8', `sum(3::int8)`, 3],
    ['float4', `0.5::float4`, 0.5],
    ['float8', `0.1::float8`, 0.1],
    ['float8 at full precision', `102.8941234567891::float8`, 102.8941234567891],
    ['float8 beyond any number', `'NaN'::float8`, Number.NaN],
    ['infinite float8', `'-Infinity'::float8`, Number.NEGATIVE_INFINITY],
    ['numeric', `12.50::numeric`, 12.5],
    ['average', `avg(2)`, 2],
    ['bool', `true`, true],
    ['false', `false`, false],
    ['text', `'网格\n"一"'`, '网格\n"一"'],
    ['empty text', `''`, ''],
    ['null', `NULL`, null],
    ['date', `'2026-06-30'::date`, '2026-06-30'],
    ['timestamptz', `'2026-06-30 08:00:00+08'::timestamptz`, '2026-06-30T00:00:00.000Z'],
    ['timestamptz, tenths', `'2026-06-30 08:00:00.5+08'::timestamptz`, '2026-06-30T00:00:00.500Z'],
    ['timestamptz, microseconds', `'2026-06-30 00:00:00.123456Z'::timestamptz`, '2026-06-30T00:00:00.123456Z'],
    ['timestamp', `'2026-06-30 08:00:00'::timestamp`, '2026-06-30 08:00:00'],
    ['jsonb', `'{"a": [1, null, "二"]}'::jsonb`, { a: [1, null, '二'] }],
    ['jsonb text', `'"text"'::jsonb`, 'text'],
    ['jsonb null', `'null'::jsonb`, null],
    ['json', `'[1,2]'::json`, [1, 2]],
    ['text[]', `ARRAY['a"b', 'c\\d', 'e,f', 'NULL', '', NULL]`, ['a"b', 'c\\d', 'e,f', 'NULL', '', null]],
    ['empty array', `'{}'::text[]`, []],
    ['int4[]', `ARRAY[1, NULL, 3]`, [1, null, 3]],
    [
      'int8[][]',
      `ARRAY[ARRAY[1::int8, 2], ARRAY[3, 4]]`,
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['bool[]', `ARRAY[true, false]`, [true, false]],
    ['float8[]', `ARRAY[1.5::float8]`, [1.5]],
    ['date[]', `ARRAY['2026-01-31'::date]`, ['2026-01-31']],
    ['timestamptz[]', `ARRAY['2026-01-31 00:00Z'::timestamptz]`, ['2026-01-31T00:00:00.000Z']],
    ['bytea', `'\\x00ff10'::bytea`, new Uint8Array([0, 255, 16])],
    ['uuid', `'8c2ee1b6-9a0c-4a7f-8a7d-111111111111'::uuid`, '8c2ee1b6-9a0c-4a7f-8a7d-111111111111'],
    ['geometry', `ST_SetSRID(ST_MakePoint(1, 2), 4326)`, '0101000020E6100000000000000000F03F0000000000000040'],
    ['area', `round(ST_Area('POLYGON((102 37,103 37,103 38,102 38,102 37))'::geography)::numeric)`, 9813924697],
  ])('gives %s', async (_, expression, expected) => {
    expect(await value(sql.raw(expression))).toEqual(expected);
  });

  it.each([
    ['int4', 7, 'int4', 7],
    ['int8', 9007199254740991, 'int8', 9007199254740991],
    ['bigint', 12n, 'int8', 12],
    ['float8', 102.8941234567891, 'float8', 102.8941234567891],
    ['bool', false, 'bool', false],
    ['text', `it's "网格" \\ \n $1`, 'text', `it's "网格" \\ \n $1`],
    ['text that looks like a number', '0012', 'text', '0012'],
    ['null', null, 'int4', null],
    ['Date', new Date('2026-06-30T00:00:00.250Z'), 'timestamptz', '2026-06-30T00:00:00.250Z'],
    ['day', '2026-06-30', 'date', '2026-06-30'],
    ['object', { a: [1, 'x'] }, 'jsonb', { a: [1, 'x'] }],
    ['JSON text', '{"a":1}', 'jsonb', { a: 1 }],
    ['text[]', ['a"b', 'c\\', null, ''], 'text[]', ['a"b', 'c\\', null, '']],
    ['int4[]', [1, 2], 'int4[]', [1, 2]],
    ['empty array', [], 'int4[]', []],
    ['bytes', new Uint8Array([1, 0, 255]), 'bytea', new Uint8Array([1, 0, 255])],
  ])('takes %s', async (_, parameter, type, expected) => {
    expect(await value(sql`${sql.param(parameter)}::${sql.raw(type)}`)).toEqual(expected);
  });

  it('refuses an integer beyond 2^53 rather than rounding it', async () => {
    await expect(value(sql.raw('9007199254740993::int8'))).rejects.toMatchObject({ name: 'DatabaseError' });
    await expect(value(sql.raw('sum(9007199254740993::int8)'))).rejects.toMatchObject({ name: 'DatabaseError' });
    expect(await value(sql.raw('9007199254740993::text'))).toBe('9007199254740993');
    expect(await value(sql.raw('1'))).toBe(1);
  });

  it('counts the rows that a statement writes', async () => {
    await db.run(sql`CREATE TABLE counted (n int)`);
    expect(await db.run(sql`INSERT INTO counted SELECT generate_series(1, 5)`)).toBe(5);
    expect(await db.run(sql`UPDATE counted SET n = n + 1 WHERE n > 3`, 2)).toBe(2);
    expect(await db.run(sql`DELETE FROM counted WHERE n = 1`)).toBe(1);
    expect(await db.run(sql`DELETE FROM counted WHERE n = 1`)).toBe(0);
  });

  it('copies in and out what SQL would have written and read', async () => {
    await db.run(sql`CREATE TABLE copied (a int, b text, c boolean, d timestamptz, e float8, f geometry)`);
    const texts = ['plain', 'tab\tnewline\nreturn\rbackslash\\', '\\N', '', '网格', '"quoted", and comma', null];
    const rows = texts.map(
      (text, i) => [i, text, i % 2 === 0, new Date(i * 1000), i / 10, `SRID=4326;POINT(${i} 1)`] as const,
    );
    expect(await db.copyIn('copied (a, b, c, d, e, f)', rows)).toBe(texts.length);
    expect(await db.rows(sql`SELECT a, b, c, d, e, ST_X(f) AS x FROM copied ORDER BY a`)).toEqual(
      rows.map(([a, b, c, d, e]) => ({ a, b, c, d: d.toISOString(), e, x: a })),
    );
    expect(await db.copyIn('copied (a)', [])).toBe(0);

    const text = new TextDecoder().decode(await db.copyOut('SELECT a, c FROM copied ORDER BY a LIMIT 2', 'text'));
    expect(text).toBe('0\tt\n1\tf\n');
    const binary = await db.copyOut('SELECT 1::int4 AS a, 2::float8 AS b', 'binary');
    expect(Buffer.from(binary).toString('hex')).toBe(
      '5047434f50590aff0d0a00000000000000000000020000000400000001000000084000000000000000ffff',
    );
    expect((await db.copyOut('SELECT 1 WHERE false', 'text')).length).toBe(0);
  });

  it('copies a table larger than one chunk whole', async () => {
    await db.run(sql`CREATE TABLE large (n int, filler text)`);
    const filler = 'x'.repeat(1000);
    function* rows(): Generator<[number, string]> {
      for (let n = 0; n < 12_000; n += 1) yield [n, filler];
    }
    expect(await db.copyIn('large (n, filler)', rows())).toBe(12_000);
    expect(await db.rows(sql`SELECT count(*) AS rows, sum(n) AS sum FROM large`)).toEqual([
      { rows: 12_000, sum: (12_000 * 11_999) / 2 },
    ]);
    expect((await db.copyOut('SELECT n, filler FROM large', 'binary')).length).toBe(19 + 2 + 12_000 * (2 + 8 + 1004));
  });
});
