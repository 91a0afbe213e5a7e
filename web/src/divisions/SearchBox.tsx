import { useLingui } from '@lingui/react/macro';
import { Combobox, useCombobox } from '@mantine/core';
import { type Ref, useState } from 'react';
import { useDesk } from '../situation/desk.ts';
import { Icon } from '../ui/Icon.tsx';
import { nameOf, pathOf } from './areas.ts';
import css from './SearchBox.module.css';
import { searchAreas } from './search.ts';

const SHOWN = 12;

/** Search by code, name or village. Enter opens the first match; nothing happens while an input method composes. */
export function SearchBox({ inputRef }: { inputRef: Ref<HTMLInputElement> }) {
  const { t } = useLingui();
  const { tree, open, formats } = useDesk();
  const [text, setText] = useState('');
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() });
  const { matches, total } = searchAreas(tree.byCode.values(), text, SHOWN);
  return (
    <search className={css.box}>
      <Combobox
        store={box}
        onOptionSubmit={(code) => {
          open(code);
          setText('');
          box.closeDropdown();
          // On to what was found; in the text field the keys of the desk would be letters.
          document.getElementById('figures')?.focus({ preventScroll: true });
        }}
        width={360}
        position="bottom-end"
      >
        <Combobox.Target>
          <input
            ref={inputRef}
            type="text"
            inputMode="search"
            className={css.input}
            placeholder={t`编码、网格名、村社区`}
            aria-label={t`按编码、名称或村社区查找`}
            autoComplete="off"
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value);
              if (event.currentTarget.value === '') box.closeDropdown();
              else box.openDropdown();
            }}
            onKeyDown={(event) => {
              // Enter and arrows of an input method choose characters, not areas.
              if (event.nativeEvent.isComposing) event.stopPropagation();
              else if (event.key === 'Escape') {
                setText('');
                box.closeDropdown();
                event.currentTarget.blur();
              } else if (event.key === 'Enter' && box.getSelectedOptionIndex() === -1 && matches[0]) {
                box.selectFirstOption();
              }
            }}
            onBlur={() => box.closeDropdown()}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={text === ''} className={css.list}>
          <Combobox.Options>
            {matches.map((node) => (
              <Combobox.Option key={node.code} value={node.code}>
                <span className={css.name}>{nameOf(node, formats.lang)}</span>
                <span className={css.code}>{node.code}</span>
                <span className={css.path}>
                  {pathOf(node)
                    .slice(1, -1)
                    .map((area) => nameOf(area, formats.lang))
                    .join(' › ')}
                </span>
              </Combobox.Option>
            ))}
          </Combobox.Options>
          <div className={css.foot} role="status">
            {total === 0 ? t`没有匹配的区域或网格` : t`显示 ${matches.length} / ${total}`}
          </div>
        </Combobox.Dropdown>
      </Combobox>
      <span className={css.icon}>
        <Icon name="search" size={15} />
      </span>
      <kbd className={css.key}>/</kbd>
    </search>
  );
}
