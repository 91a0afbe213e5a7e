import type { Division } from '../county/county.ts';
import { COUNTY, STREET_UNIT, TOWNSHIPS } from './facts.ts';

/** 峡峰村民委员会 → 峡峰村; 富民新村村民委员会 → 富民新村; 明珠社区居民委员会 → 明珠社区. */
export function shortName(name: string): string {
  const bare = name.replace(/(村民|居民)委员会$/, '');
  return name.endsWith('居民委员会') || bare.endsWith('村') ? bare : `${bare}村`;
}

/** The county, its 20 township units, 7 communities and 186 villages, parents before children, in code order. */
export function gulangDivisions(): Division[] {
  const division = (d: Partial<Division> & Pick<Division, 'code' | 'name' | 'level' | 'parent_code'>): Division => ({
    short_name: d.name,
    name_en: null,
    official: true,
    aliases: [],
    seat: null,
    ...d,
  });
  const seat = TOWNSHIPS.find(({ code }) => code === STREET_UNIT.code_township)!.seat;
  const townships = [
    division({
      code: STREET_UNIT.code,
      name: STREET_UNIT.name,
      name_en: STREET_UNIT.name_en,
      level: 'township',
      parent_code: COUNTY.code,
      // 001–099 is the range of streets in GB/T 10114; neither official list of 2023 or 2024 carries this unit.
      official: false,
      seat,
    }),
    ...TOWNSHIPS.map((t) =>
      division({
        code: t.code,
        name: t.name,
        name_en: t.name_en,
        level: 'township',
        parent_code: COUNTY.code,
        aliases: t.aliases,
        seat: t.seat,
      }),
    ),
  ];
  const villages = TOWNSHIPS.flatMap((t) =>
    [...t.communities, ...t.villages].map(([code, name]) =>
      division({
        code,
        name,
        short_name: shortName(name),
        level: 'village',
        parent_code: STREET_UNIT.communities.includes(code) ? STREET_UNIT.code : t.code,
      }),
    ),
  );
  return [
    division({
      code: COUNTY.code,
      name: COUNTY.name,
      name_en: COUNTY.name_en,
      level: 'county',
      parent_code: null,
      seat,
    }),
    ...townships,
    ...villages,
  ];
}
