import { useLingui } from '@lingui/react/macro';
import { SegmentedControl } from '@mantine/core';
import { useDesk } from './desk.ts';
import css from './MeasureSwitch.module.css';
import { MEASURES, type Measure } from './measure.ts';
import { useWords } from './words.ts';

export function MeasureSwitch() {
  const { t } = useLingui();
  const words = useWords();
  const { view, go } = useDesk();
  return (
    <SegmentedControl
      className={css.switch!}
      size="xs"
      fullWidth
      color="accent"
      aria-label={t`着色指标`}
      value={view.measure}
      // A class of one measure means nothing in another.
      onChange={(measure) => go({ measure: measure as Measure, pick: null })}
      data={MEASURES.map((measure) => ({ value: measure, label: words.measure[measure] }))}
    />
  );
}
