import { Trans } from '@lingui/react/macro';
import { Popover } from '@mantine/core';
import { Icon } from '../ui/Icon.tsx';
import { useDesk } from './desk.ts';
import bar from './FilterBar.module.css';
import css from './LayerSwitch.module.css';
import { LAYERS, type Layer, POINT_LAYERS } from './layer.ts';
import { useWords } from './words.ts';

export function LayerSwitch() {
  const words = useWords();
  const { view, go } = useDesk();
  const hidden = (layer: Layer) => view.reception && POINT_LAYERS.has(layer);
  const toggle = (layer: Layer) =>
    go(
      {
        layers: LAYERS.filter((other) => (other === layer) !== view.layers.includes(other)),
      },
      { replace: true },
    );
  return (
    <Popover position="bottom-end" trapFocus>
      <Popover.Target>
        <button type="button" className={bar.tool}>
          <Icon name="layers" size={16} />
          <Trans>图层</Trans>
        </button>
      </Popover.Target>
      <Popover.Dropdown className={css.box!}>
        <fieldset>
          <legend className="sr">
            <Trans>图层</Trans>
          </legend>
          {LAYERS.map((layer) => (
            <label key={layer}>
              <input
                type="checkbox"
                checked={view.layers.includes(layer) && !hidden(layer)}
                disabled={hidden(layer)}
                onChange={() => toggle(layer)}
              />
              {words.layer[layer]}
              {hidden(layer) && (
                <small>
                  <Trans>接待模式不显示</Trans>
                </small>
              )}
            </label>
          ))}
        </fieldset>
      </Popover.Dropdown>
    </Popover>
  );
}
