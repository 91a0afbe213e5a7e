/** The facts about Gulang that the demonstration is built on; sources in the README. Layout guesses are named as such. */
import type { LonLat } from '../county/county.ts';
import facts from './facts.json' with { type: 'json' };

export interface TownshipFacts {
  readonly code: string;
  readonly name: string;
  readonly name_en: string;
  readonly seat: LonLat;
  readonly seat_estimated: boolean;
  readonly aliases: readonly string[];
  /** `[code, official name]` */
  readonly communities: readonly (readonly [string, string])[];
  readonly villages: readonly (readonly [string, string])[];
  /** Layout guesses, not facts. */
  readonly target_area_km2: number;
  readonly skeleton: readonly LonLat[];
  readonly grids: {
    readonly community: number;
    readonly rural: number;
    readonly special: number;
    readonly total: number;
  };
}

export interface SpecialGridFacts {
  /** Generic: no real institution is named. */
  readonly name: string;
  readonly owner_unit: string;
  /** Position and size are layout guesses. */
  readonly centre: LonLat;
  readonly radius_m: number;
  readonly host_township: string;
}

export const COUNTY = facts.county;
export const STREET_UNIT = facts.street_unit;
export const TOWNSHIPS = facts.townships as unknown as readonly TownshipFacts[];
export const SPECIAL_GRIDS = facts.special_grids as unknown as readonly SpecialGridFacts[];
/** Grids of each community committee; adds up to 44. */
export const COMMUNITY_GRIDS: Readonly<Record<string, number>> = facts.community_grids;
/** Rural grids of a village beyond its first. */
export const RURAL_EXTRA: Readonly<Record<string, number>> = facts.rural_extra;
/** 原址生态管护: grids on the land that a relocated township left. */
export const VACATED_GRIDS: Readonly<Record<string, number>> = facts.vacated_grids;
/** Resettlement villages that lie far from their township's land; positions are guesses. */
export const ENCLAVES = facts.enclaves as unknown as Readonly<Record<string, LonLat>>;
/** Outline of the county, counter-clockwise, not closed; simplified by hand to 130 vertices. */
export const OUTLINE = facts.outline.slice(0, -1) as unknown as readonly LonLat[];
