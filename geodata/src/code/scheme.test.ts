import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeFaults, formatCode, SCHEMES, schemeOf } from './scheme.ts';

const issuing = Object.values(SCHEMES).filter((s) => s.division > 0);
const village = fc.stringMatching(/^[1-9]\d{11}$/);
const gridClass = fc.constantFrom('community', 'rural', 'special' as const);

describe('code schemes', () => {
  it('writes the published layouts', () => {
    expect(formatCode(schemeOf('cn-grid-15'), '620622103001', 'community', 1)).toBe('620622103001001');
    expect(formatCode(schemeOf('cn-grid-15'), '620622100001', 'special', 901)).toBe('620622100001901');
    expect(formatCode(schemeOf('cn-grid-14'), '620622103001', 'rural', 7)).toBe('62062210300107');
    expect(formatCode(schemeOf('cn-grid-15-typed'), '620622103001', 'special', 7)).toBe('620622103001307');
    expect(formatCode(schemeOf('cjt349-20'), '620622103001', 'rural', 7)).toHaveLength(20);
  });

  it('finds no fault with what it issues, and the code tells village, class and number apart', () => {
    fc.assert(
      fc.property(fc.constantFrom(...issuing), village, gridClass, fc.nat(), (scheme, v, c, k) => {
        const [first, last] = scheme.bands[c];
        const code = formatCode(scheme, v, c, first + (k % (last - first + 1)));
        expect(codeFaults(scheme, code, v, c)).toEqual([]);
        expect(code).toMatch(/^\d+$/);
        expect(codeFaults(scheme, code, v === '100000000000' ? '200000000000' : '100000000000', c)).toContain(
          'village',
        );
        expect(codeFaults(scheme, `${code}0`, v, c)).toEqual(['length']);
      }),
    );
  });

  it('names band, digits and class', () => {
    const s = schemeOf('cn-grid-15');
    expect(codeFaults(s, '620622103001901', '620622103001', 'community')).toEqual(['band']);
    expect(codeFaults(s, '62062210300100X', '620622103001', 'community')).toEqual(['digits']);
    expect(codeFaults(schemeOf('cn-grid-15-typed'), '620622103001107', '620622103001', 'rural')).toEqual(['class']);
    expect(codeFaults(schemeOf('opaque'), 'SMD 2B07', '2B', 'community')).toEqual([]);
  });

  it('refuses numbers outside the band, villages of another length, and unknown schemes', () => {
    expect(() => formatCode(schemeOf('cn-grid-15'), '620622103001', 'rural', 800)).toThrow(RangeError);
    expect(() => formatCode(schemeOf('cn-grid-15'), '62062210300', 'rural', 1)).toThrow(RangeError);
    expect(() => formatCode(schemeOf('opaque'), '2B', 'rural', 1)).toThrow(RangeError);
    expect(() => schemeOf('cn-grid-16')).toThrow(/cn-grid-15/);
  });
});
