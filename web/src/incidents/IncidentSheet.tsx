import { Trans, useLingui } from '@lingui/react/macro';
import type { IncidentAnswer } from '@wangge/api/incidents/listed-schema';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useDesk } from '../situation/desk.ts';
import { NoticeLines } from '../situation/Notices.tsx';
import print from '../situation/PrintSheet.module.css';
import css from './IncidentSheet.module.css';
import { useCategoryName } from './names.ts';
import { useIncidentWords } from './words.ts';

/** One incident on paper, in the place of the desk's sheet. Screens never show it. */
export function IncidentSheet({ incident, children }: { incident: IncidentAnswer; children: ReactNode }) {
  const { t } = useLingui();
  const { county, formats } = useDesk();
  const categoryName = useCategoryName();
  const words = useIncidentWords();
  return createPortal(
    <div className={print.sheet} data-print aria-hidden="true">
      <header className={print.head}>
        <div>
          <h1>
            {categoryName(incident.category)} #{incident.id}
          </h1>
          <p>
            {words.kind[incident.kind]} · {words.urgency[incident.urgency]} · {words.state[incident.state]}
          </p>
        </div>
        {county.demonstration_notice && <strong>{t`演示数据·非真实情况`}</strong>}
      </header>
      <div className={css.body}>{children}</div>
      <footer>
        <NoticeLines />
        <p>
          <Trans>打印时间 {formats.moment(new Date())}</Trans>
        </p>
      </footer>
    </div>,
    document.body,
  );
}
