import { describe, expect, it } from 'vitest';
import { explainConnection, explainServer } from './postgres-errors.ts';

const URL_ = 'postgres://grid:s3cret@db.example:5433/county';

/** A server that answers so to the two questions about itself. */
function server(about: { number: string; readonly?: string; postgis: string | null }) {
  return async (text: string): Promise<unknown[]> => {
    if (!text.includes('pg_available_extensions')) {
      return [{ version: `${Number(about.number) / 10_000}`, number: about.number, readonly: about.readonly ?? 'off' }];
    }
    return about.postgis === null ? [] : [{ version: about.postgis }];
  };
}

describe('a server that cannot be used', () => {
  it.each([
    ['15 and 3.3', { number: '150000', postgis: '3.3.0' }],
    ['later ones', { number: '180003', postgis: '4.0.1' }],
  ])('is none with %s', async (_, about) => {
    await expect(explainServer(URL_, server(about))).resolves.toBeUndefined();
  });

  it.each([
    ['an old PostgreSQL', { number: '140011', postgis: '3.3.2' }, /PostgreSQL 14.*Upgrade/s],
    ['no PostGIS', { number: '150006', postgis: null }, /安装 PostGIS.*has no PostGIS\. Install/s],
    ['an old PostGIS', { number: '150006', postgis: '3.2.9' }, /PostGIS 3\.2\.9/],
    ['a standby', { number: '150006', readonly: 'on', postgis: '3.3.2' }, /read-only/],
  ])('is explained: %s', async (_, about, sentence) => {
    await expect(explainServer(URL_, server(about))).rejects.toThrow(sentence);
  });

  it.each([
    ['ECONNREFUSED', /db\.example:5433 cannot be reached/],
    ['ETIMEDOUT', /cannot be reached/],
    ['28P01', /refuses the user grid/],
    ['3D000', /createdb county/],
    ['53300', /max_connections/],
    ['ERR_INVALID_URL', /postgres:\/\/user:password@host/],
  ])('is explained without its password: %s', (code, sentence) => {
    const error = explainConnection(URL_, Object.assign(new Error('as the driver says'), { code }));
    expect(error.message).toMatch(sentence);
    expect(error.message).toMatch(/[一-鿿]/);
    expect(error.message).not.toContain('s3cret');
  });
});
