import { describe, expect, it } from 'vitest';
import { readSettings, SettingsError } from './settings.ts';

const read = (environment: Record<string, string | undefined> = {}) => readSettings(environment, '/srv/wangge');
const complaint = (environment: Record<string, string>): string => {
  try {
    read(environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  throw new Error('was accepted');
};

describe('settings', () => {
  it('need nothing to be set', () => {
    expect(read({ PATH: '/bin', HOME: '' })).toEqual({
      port: 8787,
      host: '127.0.0.1',
      databaseUrl: null,
      databaseListenUrl: null,
      data: '/srv/wangge/.wangge',
      county: { kind: 'demonstration' },
      demoRate: 24,
      demoSeed: null,
      maxStreams: 6000,
      mapApprovalNo: null,
      log: 'warn',
    });
  });

  it('load no demonstration into a PostgreSQL unless told to', () => {
    const url = 'postgres://u:p@db/wangge';
    expect(read({ DATABASE_URL: url }).county).toEqual({ kind: 'none' });
    expect(read({ DATABASE_URL: url, WANGGE_COUNTY: 'gulang-demo' }).county).toEqual({ kind: 'demonstration' });
  });

  it('take the pooled address for listening only where no direct one is given', () => {
    const [pool, direct] = ['postgres://u@pool/w', 'postgresql://u@primary/w'];
    expect(read({ DATABASE_URL: pool }).databaseListenUrl).toBe(pool);
    expect(read({ DATABASE_URL: pool, DATABASE_LISTEN_URL: direct }).databaseListenUrl).toBe(direct);
    expect(complaint({ DATABASE_LISTEN_URL: direct })).toContain('DATABASE_LISTEN_URL');
  });

  it('read folders from the repository’s root, wherever the command was typed', () => {
    expect(read({ WANGGE_DATA: 'data/a', WANGGE_COUNTY: 'counties/dc' })).toMatchObject({
      data: '/srv/wangge/data/a',
      county: { kind: 'profile', folder: '/srv/wangge/counties/dc' },
    });
    expect(read({ WANGGE_DATA: '/var/lib/wangge' }).data).toBe('/var/lib/wangge');
  });

  it('count an empty value as not given', () => {
    expect(read({ PORT: '', WANGGE_DATA: ' ', WANGGE_MAP_APPROVAL_NO: '' })).toEqual(read());
  });

  it.each(['127.0.0.1', 'localhost', '::1'])('listen on %s', (host) => {
    expect(read({ WANGGE_HOST: host }).host).toBe(host);
  });

  it.each(['0.0.0.0', '::', '192.168.1.5', 'example.org', '127.0.0.1.example.org'])(
    'refuse host %s until there are accounts',
    (host) => {
      expect(complaint({ WANGGE_HOST: host })).toMatch(/^WANGGE_HOST “.*账号.*accounts/s);
    },
  );

  it.each([
    ['WANGGE_DAT', 'WANGGE_DATA'],
    ['WANGGE_DEMO_RAET', 'WANGGE_DEMO_RATE'],
    ['wangge_host', 'WANGGE_HOST'],
    ['WANGGE_SEED', 'WANGGE_DEMO_SEED'],
  ])('refuse %s by name and name %s', (name, nearest) => {
    expect(complaint({ [name]: '1' })).toMatch(new RegExp(`^${name}：.*${nearest}`));
  });

  it('list what there is for a name that resembles nothing', () => {
    expect(complaint({ WANGGE_TIANDITU_KEY: 'x' })).toContain('WANGGE_MAP_APPROVAL_NO');
  });

  it.each([
    ['PORT', '70000'],
    ['PORT', '80a'],
    ['PORT', '-1'],
    ['PORT', '0x50'],
    ['DATABASE_URL', 'mysql://u:p@h/d'],
    ['DATABASE_URL', 'host=db'],
    ['WANGGE_DEMO_RATE', '-3'],
    ['WANGGE_DEMO_RATE', 'many'],
    ['WANGGE_DEMO_RATE', '4000'],
    ['WANGGE_DEMO_SEED', '1.5'],
    ['WANGGE_LOG', 'loud'],
  ])('refuse %s=%s by name', (name, value) => {
    expect(complaint({ [name]: value })).toMatch(new RegExp(`^${name}`));
  });

  it('never repeat a connection string: it holds a password', () => {
    expect(complaint({ DATABASE_URL: 'mysql://u:geheim@h/d' })).not.toContain('geheim');
  });

  it('name all mistakes at once', () => {
    const lines = complaint({ PORT: 'x', WANGGE_HOST: '0.0.0.0', WANGGE_X_Y_Z: '1' }).split('\n');
    expect(lines.map((line) => line.split(/[ ：]/)[0])).toEqual(['WANGGE_X_Y_Z', 'PORT', 'WANGGE_HOST']);
  });

  it('accept a rate of zero as off, and fractions', () => {
    expect(read({ WANGGE_DEMO_RATE: '0' }).demoRate).toBe(0);
    expect(read({ WANGGE_DEMO_RATE: '0.5' }).demoRate).toBe(0.5);
  });
});
