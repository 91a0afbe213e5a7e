import { Trans, useLingui } from '@lingui/react/macro';
import { Popover } from '@mantine/core';
import { filterKey, type IncidentFilter, isUnfiltered, NO_FILTER } from '@wangge/geodata/incidents/filter';
import { KINDS, STATES, URGENCIES } from '@wangge/geodata/incidents/incident';
import type { ReactNode } from 'react';
import { useIncidentWords } from '../incidents/words.ts';
import { Icon } from '../ui/Icon.tsx';
import { useDesk } from './desk.ts';
import css from './FilterBar.module.css';
import { LayerSwitch } from './LayerSwitch.tsx';
import { toggled } from './toggled.ts';

/** Which incidents count, for map, figures, charts, lists and timeline alike; and whether as a map or as a table. */
export function FilterBar() {
  const { t } = useLingui();
  const words = useIncidentWords();
  const { view, go, county, formats, filter: shown } = useDesk();
  const { filter } = view;
  const set = (patch: Partial<IncidentFilter>) => go({ filter: { ...filter, ...patch } });
  const categoryName = (code: string) => {
    const found = county.categories.find((category) => category.code === code);
    return found === undefined ? code : formats.lang === 'en' ? found.name_en : found.name;
  };
  const chosen = [
    ...(filter.urgencies ?? []).map((word) => ({
      key: `urgency ${word}`,
      label: words.urgency[word],
      drop: () => set({ urgencies: toggled(URGENCIES, filter.urgencies, word) }),
    })),
    ...(filter.categories ?? []).map((code) => ({
      key: `category ${code}`,
      label: categoryName(code),
      drop: () => set({ categories: toggled(codesOf(county.categories), filter.categories, code) }),
    })),
    ...(filter.states ?? []).map((word) => ({
      key: `state ${word}`,
      label: words.state[word],
      drop: () => set({ states: toggled(STATES, filter.states, word) }),
    })),
    ...(filter.open === false ? [{ key: 'ended', label: t`非未办结`, drop: () => set({ open: null }) }] : []),
  ];
  const applied = filterKey(filter) === filterKey(shown);
  return (
    <div className={css.bar}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row everywhere */}
      <div className={css.chips} role="group" aria-label={t`筛选`} data-waiting={!applied}>
        {KINDS.map((kind) => (
          <button
            key={kind}
            type="button"
            aria-pressed={filter.kinds?.includes(kind) ?? false}
            onClick={() => set({ kinds: toggled(KINDS, filter.kinds, kind) })}
          >
            {words.kind[kind]}
          </button>
        ))}
        <i aria-hidden="true" />
        <button
          type="button"
          aria-pressed={filter.open === true}
          onClick={() => set({ open: filter.open === true ? null : true })}
        >
          <Trans>未办结</Trans>
        </button>
        <i aria-hidden="true" />
        <Popover position="bottom-start" trapFocus>
          <Popover.Target>
            <button type="button" className={css.more} aria-pressed={chosen.length > 0}>
              <Icon name="filter" size={15} />
              <Trans>更多筛选</Trans>
              {chosen.length > 0 && <b>{chosen.length}</b>}
            </button>
          </Popover.Target>
          <Popover.Dropdown className={css.choice!}>
            <Choices title={t`紧急程度`}>
              {URGENCIES.map((word) => (
                <Choice
                  key={word}
                  label={words.urgency[word]}
                  checked={filter.urgencies?.includes(word) ?? false}
                  onChange={() => set({ urgencies: toggled(URGENCIES, filter.urgencies, word) })}
                />
              ))}
            </Choices>
            <Choices title={t`类别`}>
              {county.categories.map(({ code }) => (
                <Choice
                  key={code}
                  label={categoryName(code)}
                  checked={filter.categories?.includes(code) ?? false}
                  onChange={() => set({ categories: toggled(codesOf(county.categories), filter.categories, code) })}
                />
              ))}
            </Choices>
            <Choices title={t`状态`}>
              {STATES.map((word) => (
                <Choice
                  key={word}
                  label={words.state[word]}
                  checked={filter.states?.includes(word) ?? false}
                  onChange={() => set({ states: toggled(STATES, filter.states, word) })}
                />
              ))}
            </Choices>
            <p>
              <Trans>不选即不限；同一项内任选其一即算，各项同时满足。</Trans>
            </p>
          </Popover.Dropdown>
        </Popover>
      </div>
      <div className={css.seen}>
        {view.view === 'map' && <LayerSwitch />}
        {view.view !== 'list' && !view.reception && (
          <button
            type="button"
            className={css.tool}
            onClick={() => go({ view: 'list' })}
            aria-keyshortcuts="l"
            aria-label={t`以列表查看上报`}
            title={t`以列表查看上报`}
          >
            <Icon name="list" size={16} />
          </button>
        )}
        <button
          type="button"
          className={css.tool}
          onClick={() => go({ view: view.view === 'map' ? 'table' : 'map' })}
          aria-keyshortcuts="t"
          title={view.view === 'map' ? t`以表格查看` : t`返回地图`}
        >
          <Icon name={view.view === 'map' ? 'table' : 'map'} size={16} />
          {view.view === 'map' ? t`以表格查看` : t`返回地图`}
        </button>
      </div>
      {!isUnfiltered(filter) && (
        <div className={css.chosen}>
          {chosen.map(({ key, label, drop }) => (
            <button key={key} type="button" onClick={drop} aria-label={t`去掉筛选：${label}`}>
              {label}
              <Icon name="close" size={11} />
            </button>
          ))}
          <button type="button" className={css.clear} onClick={() => go({ filter: NO_FILTER })}>
            <Trans>清除筛选</Trans>
          </button>
          {!applied && (
            <span role="status">
              <Trans>明细载入后生效…</Trans>
            </span>
          )}
        </div>
      )}
    </div>
  );
}

const codesOf = (categories: readonly { readonly code: string }[]) => categories.map(({ code }) => code);

function Choices({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset>
      <legend>{title}</legend>
      <div>{children}</div>
    </fieldset>
  );
}

function Choice({ label, checked, onChange }: { label: string; checked: boolean; onChange: () => void }) {
  return (
    <label>
      <input type="checkbox" checked={checked} onChange={onChange} />
      {label}
    </label>
  );
}
