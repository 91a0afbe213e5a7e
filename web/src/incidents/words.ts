import { useLingui } from '@lingui/react/macro';
import type { Kind, Precision, State, Urgency } from '@wangge/geodata/incidents/incident';

export function useIncidentWords(): {
  kind: Record<Kind, string>;
  urgency: Record<Urgency, string>;
  state: Record<State, string>;
  precision: Record<Precision, string>;
} {
  const { t } = useLingui();
  return {
    kind: { collection: t`信息采集`, event: t`事件`, dispute: t`矛盾纠纷` },
    urgency: { normal: t`一般`, urgent: t`紧急`, critical: t`特急` },
    state: {
      reported: t`待受理`,
      accepted: t`已受理`,
      assigned: t`已派单`,
      returned: t`已退回`,
      in_progress: t`办理中`,
      suspended: t`已挂起`,
      pending_check: t`待核查`,
      feedback: t`待评价`,
      closed: t`已办结`,
      archived: t`已归档`,
      rejected: t`不予受理`,
      duplicate: t`重复`,
      cancelled: t`已撤销`,
    },
    precision: {
      point: t`有点位`,
      grid: t`只知所在网格`,
      village: t`只知所在村（社区）`,
      township: t`只知所在乡镇（街道）`,
      unknown: t`地点不详`,
    },
  };
}
