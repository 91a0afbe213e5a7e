/** An incident 上报信息 and its words. The order of each list is the code in `IncidentColumns`; append, never reorder. */
import type { LonLat } from '../county/county.ts';

/** 信息采集 · 事件 · 矛盾纠纷 */
export const KINDS = ['collection', 'event', 'dispute'] as const;
/** 一般 · 紧急 · 特急 */
export const URGENCIES = ['normal', 'urgent', 'critical'] as const;
/** `domain.md` §3.2 of the reference: draft never leaves the reporter's device. */
export const STATES = [
  'reported',
  'accepted',
  'assigned',
  'returned',
  'in_progress',
  'suspended',
  'pending_check',
  'feedback',
  'closed',
  'archived',
  'rejected',
  'duplicate',
  'cancelled',
] as const;
/** How exactly the place is known. */
export const PRECISIONS = ['point', 'grid', 'village', 'township', 'unknown'] as const;

export type Kind = (typeof KINDS)[number];
export type Urgency = (typeof URGENCIES)[number];
export type State = (typeof STATES)[number];
export type Precision = (typeof PRECISIONS)[number];

/** States that end an incident; every other state is open 未办结. */
export const ENDED: ReadonlySet<State> = new Set(['closed', 'archived', 'rejected', 'duplicate', 'cancelled']);

/** "Open" counts events and disputes, not collections. */
export const isOpen = (kind: Kind, state: State): boolean => kind !== 'collection' && !ENDED.has(state);

export interface Incident {
  /** With `external_id` the key: the system that reported it. */
  readonly source: string;
  readonly external_id: string;
  readonly kind: Kind;
  /** A code of the county's dictionary. */
  readonly category: string;
  readonly urgency: Urgency;
  readonly state: State;
  readonly occurred_at: Date;
  readonly reported_at: Date;
  /** When `state` was reached. */
  readonly state_at: Date;
  readonly point: LonLat | null;
  readonly precision: Precision;
  /** Null where the place is known only to village, township or not at all. */
  readonly grid_id: number | null;
  readonly village_code: string | null;
  readonly township_code: string | null;
}

/** A step of the trail 流转: a state, and the second since 1970-01-01T00:00:00Z in which it was reached. */
export interface Step {
  readonly state: State;
  readonly at: number;
}

/** An incident with the steps that led to its state: ascending in time, the last one is the state itself. */
export interface TracedIncident extends Incident {
  readonly trail: readonly Step[];
}
