import { useLingui } from '@lingui/react/macro';
import { Kbd, Modal } from '@mantine/core';
import css from './HelpDialog.module.css';
import { SHORTCUTS, type ShortcutAction } from './shortcuts.ts';

export function HelpDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useLingui();
  const names: Record<ShortcutAction, string> = {
    search: t`查找编码、网格、村社区`,
    up: t`关闭列表；回到上一级区域`,
    table: t`地图与表格切换`,
    list: t`地图与上报列表切换`,
    map: t`转到地图`,
    wall: t`大屏与桌面切换`,
    measure: t`着色指标：上报、每千户、未办结、配备、人员`,
    heat: t`热力开关`,
    coverage: t`配备状态开关`,
    play: t`时间播放与暂停`,
    step: t`时间窗后退、前进一步`,
    live: t`回到实时`,
    print: t`打印`,
    help: t`显示本表`,
  };
  const elsewhere: [string[], string][] = [
    [['↑', '↓'], t`区域树：上下移动`],
    [['→', '←'], t`区域树：展开、收起或回到上级`],
    [['Enter'], t`区域树：选中区域；查找框：打开第一条`],
    [['←', '→'], t`时间轴：移动时间窗或它的一端；按住 Shift 移动更远`],
    [['+', '-'], t`时间轴：放大、缩小`],
    [['↑', '↓', 'Enter'], t`上报列表：上下移动，打开一件上报；Esc 关闭`],
    [['Tab'], t`在顶栏、地图、区域树、数据之间移动`],
  ];
  return (
    <Modal opened={opened} onClose={onClose} title={t`键盘快捷键`} closeButtonProps={{ 'aria-label': t`关闭` }}>
      <table className={css.keys}>
        <tbody>
          {SHORTCUTS.map(({ keys, action }) => (
            <tr key={action}>
              <td>
                {keys.length > 2 ? (
                  <>
                    <Kbd>{keys[0]}</Kbd>–<Kbd>{keys[keys.length - 1]}</Kbd>
                  </>
                ) : (
                  keys.map((key) => <Kbd key={key}>{key === 'Escape' ? 'Esc' : key === ' ' ? t`空格` : key}</Kbd>)
                )}
              </td>
              <td>{names[action]}</td>
            </tr>
          ))}
          {elsewhere.map(([keys, name]) => (
            <tr key={name}>
              <td>
                {keys.map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </td>
              <td>{name}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  );
}
