import { useLingui } from '@lingui/react/macro';
import { useDesk } from '../situation/desk.ts';
import { useExports } from '../situation/useExports.ts';
import { CopyText } from '../ui/CopyText.tsx';
import { Section } from '../ui/Section.tsx';
import { ReportList } from './ReportList.tsx';
import { reportsSentence } from './sentence.ts';
import { useLatest } from './useLatest.ts';

const SHOWN = 8;

/** The newest reports of an area in the period, each with its grid. */
export function LatestReports() {
  const { t } = useLingui();
  const { node, open } = useDesk();
  const { telling, cite } = useExports();
  const latest = useLatest(SHOWN);
  if (latest === null || latest.length === 0) return null;
  const lines = latest.map(({ area, told, ...line }) => ({
    ...line,
    place: area ? (
      <button type="button" onClick={() => open(area.code)}>
        {told.place}
      </button>
    ) : (
      told.place
    ),
  }));
  return (
    <Section
      title={t`最新上报`}
      note={t`最近 ${lines.length} 件`}
      actions={
        <CopyText
          of={t`最新上报`}
          text={() => {
            const told = latest.map((report) => report.told);
            return cite(reportsSentence(telling, node, told, node.totals.reports.total), 'incidents');
          }}
        />
      }
    >
      <ReportList lines={lines} />
    </Section>
  );
}
