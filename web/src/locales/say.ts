/** Sentences outside components: descriptors are written out, so that such files run untransformed in tests. */
import type { I18n, MessageDescriptor } from '@lingui/core';
import type { Formats } from '../ui/format.ts';

export type Say = (descriptor: MessageDescriptor, values?: Record<string, unknown>) => string;

/** How figures are told: in which language, how numbers are written, and of which period. */
export interface Telling {
  readonly say: Say;
  readonly formats: Formats;
  /** In words, e.g. 近30天. */
  readonly period: string;
}

export const sayIn =
  (i18n: I18n): Say =>
  ({ id, message = '' }, values = {}) =>
    i18n._(id, values, { message });

/** Parts of a list in one sentence: 甲、乙、丙. */
export const listed = (say: Say, parts: readonly string[]): string =>
  parts.join(say(/* i18n */ { id: 'sentence.and', message: '、' }));

/** Clauses that could stand alone: 甲…；乙…. */
export const clauses = (say: Say, parts: readonly string[]): string =>
  parts.join(say(/* i18n */ { id: 'sentence.then', message: '；' }));
