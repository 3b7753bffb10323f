import { CopyOutlined } from '@ant-design/icons';
import { App, Button, Input, Modal } from 'antd';
import type { ReactNode } from 'react';
import styles from './people.module.css';

interface Props {
  title: string;
  /** What nobody can see again once this is closed. */
  secret: string;
  copy: string;
  copied: string;
  done: string;
  onDone: () => void;
  children: ReactNode;
}

/** A secret that is shown this once, to be copied. Closed by its button alone. */
export function ShownOnce({ title, secret, copy, copied, done, onDone, children }: Props) {
  const { message } = App.useApp();
  const take = async (field: HTMLElement | null) => {
    try {
      await navigator.clipboard.writeText(secret);
      void message.success(copied);
    } catch {
      field?.querySelector('textarea')?.select(); // where the browser refuses: Ctrl+C does it
    }
  };
  return (
    <Modal
      open
      title={title}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={<Button onClick={onDone}>{done}</Button>}
    >
      <div className={styles.secret}>
        {children}
        <Input.TextArea
          value={secret}
          readOnly
          autoSize
          aria-label={title}
          onFocus={(event) => event.target.select()}
        />
        <Button
          type="primary"
          icon={<CopyOutlined aria-hidden />}
          onClick={(event) => void take(event.currentTarget.parentElement)}
        >
          {copy}
        </Button>
      </div>
    </Modal>
  );
}
