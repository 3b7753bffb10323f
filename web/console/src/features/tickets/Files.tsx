import { FileOutlined } from '@ant-design/icons';
import { Image } from 'antd';
import { useTranslation } from 'react-i18next';
import { type TicketComment, ticketFileAddress } from '@/shared/tickets';
import styles from './detail.module.css';

const SIZE = 120;

/** Pictures to look at, other files to load. */
export function Files({ ticketId, files }: { ticketId: string; files: TicketComment['attachments'] }) {
  const { t } = useTranslation();
  if (files.length === 0) return null;
  return (
    <div className={styles.files}>
      {files.map((file) =>
        file.type === 'image' ? (
          <Image
            key={file.file_id}
            src={ticketFileAddress(ticketId, file.file_id)}
            alt={t('thread.image')}
            width={SIZE}
            height={SIZE}
            style={{ objectFit: 'cover' }}
          />
        ) : (
          <a key={file.file_id} href={ticketFileAddress(ticketId, file.file_id)} download={file.name}>
            <FileOutlined aria-hidden /> {file.name}
          </a>
        ),
      )}
    </div>
  );
}
