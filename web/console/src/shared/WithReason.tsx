import { Button, Input, Space } from 'antd';
import { useState } from 'react';

interface Props {
  label: string;
  hint: string;
  danger?: boolean;
  onGiven: (why: string) => Promise<void>;
}

/** A step that is kept in the history together with its reason. */
export function WithReason({ label, hint, danger, onGiven }: Props) {
  const [why, setWhy] = useState('');
  const [busy, setBusy] = useState(false);
  const go = async () => {
    setBusy(true);
    await onGiven(why.trim());
    setBusy(false);
    setWhy('');
  };
  return (
    <Space.Compact block>
      <Input
        value={why}
        onChange={(event) => setWhy(event.target.value)}
        placeholder={hint}
        aria-label={hint}
        maxLength={500}
      />
      <Button type="primary" danger={danger} disabled={!why.trim()} loading={busy} onClick={() => void go()}>
        {label}
      </Button>
    </Space.Compact>
  );
}
