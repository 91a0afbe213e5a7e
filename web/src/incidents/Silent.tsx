import { Trans, useLingui } from '@lingui/react/macro';
import { FEW } from '@wangge/geodata/incidents/suppress';
import { gridsIn } from '../divisions/areas.ts';
import { useDesk } from '../situation/desk.ts';
import { useExports } from '../situation/useExports.ts';
import { CopyText } from '../ui/CopyText.tsx';
import { Section } from '../ui/Section.tsx';
import css from './Silent.module.css';
import { silentSentence } from './sentence.ts';

/** 零上报: grids of the area without a report in the period. A question to ask, not a fault: the list says which. */
export function Silent() {
  const { t } = useLingui();
  const { node, tree, view, go, formats, periodWords } = useDesk();
  const { telling, cite } = useExports();
  const grids = gridsIn(node);
  if (tree.grids.length === 0) return null;
  // Where small counts are withheld, no grid can be said to have none.
  const few = grids.filter((grid) => grid.totals.reports.total === FEW).length;
  const silent = grids.filter((grid) => grid.totals.reports.total === 0).length;
  const active = grids.length - silent;
  const pick = few > 0 ? 'few' : '0';
  const picked = view.measure === 'reports' && view.pick === pick;
  return (
    <Section
      title={t`上报覆盖`}
      note={periodWords}
      actions={<CopyText of={t`上报覆盖`} text={() => cite(silentSentence(telling, node), 'incidents')} />}
    >
      <p className={css.line}>
        <span>
          {few > 0 ? (
            <Trans>
              上报不足3件 {formats.count(few)}/{formats.count(grids.length)} 格
            </Trans>
          ) : (
            <Trans>
              有上报 {formats.count(active)}/{formats.count(grids.length)} 格（
              {formats.percent(active, grids.length) ?? '—'}）
            </Trans>
          )}
        </span>
        <button
          type="button"
          aria-pressed={picked}
          disabled={silent + few === 0}
          onClick={() => go(picked ? { pick: null } : { measure: 'reports', pick })}
        >
          {few > 0 ? <Trans>列出</Trans> : <Trans>零上报 {formats.count(silent)} 格</Trans>}
        </button>
      </p>
    </Section>
  );
}
