import { Button, Input } from 'antd';
import styles from './adder.module.css';

interface Props {
  hint: string;
  label: string;
  text: string;
  onText: (text: string) => void;
  longest: number;
  busy: boolean;
  onAdd: () => void;
}

/** A line to write, and a button that adds it; nothing is added that is empty, nor while another is on its way. */
export function Adder({ hint, label, text, onText, longest, busy, onAdd }: Props) {
  return (
    <form
      className={styles.adder}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() && !busy) onAdd();
      }}
    >
      <Input
        size="small"
        value={text}
        maxLength={longest}
        onChange={(event) => onText(event.target.value)}
        placeholder={hint}
        aria-label={hint}
      />
      <Button size="small" htmlType="submit" loading={busy} disabled={!text.trim()}>
        {label}
      </Button>
    </form>
  );
}
