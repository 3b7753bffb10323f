import { ArrowDownOutlined, ArrowUpOutlined, CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './manage.module.css';
import { moved } from './steps';

interface Props<Item> {
  title: string;
  /** What one of them is called, where `title` is no name for it. */
  one?: string;
  hint?: string;
  items: Item[];
  most: number;
  /** What the buttons of a line call it. */
  nameOf: (item: Item, at: number) => string;
  blank: () => Item;
  onChange: (items: Item[]) => void;
  /** Instead of just leaving it out. */
  onRemove?: (item: Item) => void;
  children: (item: Item, change: (changes: Partial<Item>) => void) => ReactNode;
}

/** Things of a sort in their order: to add, move, change, take away. */
export function Lines<Item>({
  title,
  one = title,
  hint,
  items,
  most,
  nameOf,
  blank,
  onChange,
  onRemove,
  children,
}: Props<Item>) {
  const { t } = useTranslation();
  // fields keep what is written in them while their line moves
  const [keys, setKeys] = useState(() => items.map(() => crypto.randomUUID()));
  const move = (at: number, by: 1 | -1) => {
    setKeys(moved(keys, at, by));
    onChange(moved(items, at, by));
  };
  const remove = (item: Item, at: number) => {
    setKeys(keys.filter((_, index) => index !== at));
    if (onRemove) onRemove(item);
    else onChange(items.filter((_, index) => index !== at));
  };
  return (
    <section className={styles.lines} aria-label={title}>
      <h3>{title}</h3>
      {hint && <small>{hint}</small>}
      <ol className={styles.steps}>
        {items.map((item, at) => {
          const name = nameOf(item, at);
          return (
            <li key={keys[at]} className={styles.step} aria-label={name}>
              <div className={styles.stepTop}>
                <b className={styles.lineName}>{name}</b>
                <Button
                  type="text"
                  icon={<ArrowUpOutlined aria-hidden />}
                  aria-label={t('kinds.up', { name })}
                  disabled={at === 0}
                  onClick={() => move(at, -1)}
                />
                <Button
                  type="text"
                  icon={<ArrowDownOutlined aria-hidden />}
                  aria-label={t('kinds.down', { name })}
                  disabled={at === items.length - 1}
                  onClick={() => move(at, 1)}
                />
                <Button
                  type="text"
                  icon={<CloseOutlined aria-hidden />}
                  aria-label={t('kinds.remove', { name })}
                  onClick={() => remove(item, at)}
                />
              </div>
              {children(item, (changes) =>
                onChange(items.map((one, index) => (index === at ? { ...one, ...changes } : one))),
              )}
            </li>
          );
        })}
      </ol>
      {items.length < most && (
        <Button
          icon={<PlusOutlined aria-hidden />}
          style={{ justifySelf: 'start' }}
          onClick={() => {
            setKeys([...keys, crypto.randomUUID()]);
            onChange([...items, blank()]);
          }}
        >
          {t('kinds.addTo', { title: one })}
        </Button>
      )}
    </section>
  );
}
