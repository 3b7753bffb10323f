import { FileOutlined } from '@ant-design/icons';
import { Image } from 'antd';
import { lazy, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type FileContent,
  fileAddress,
  type ImageContent,
  type Mention,
  type Message,
  type OrderCard,
  type ProductCard,
  type SystemNotice,
} from '@/shared/api';
import { pieces } from '@/shared/mentions';
import { dayAndTime } from '@/shared/time';
import styles from './message.module.css';

const Told = lazy(() => import('./Told'));
const IngredientCard = lazy(() => import('./IngredientCard'));
const ReadIngredients = lazy(() => import('./ReadIngredients'));

const IMAGE = 260;

/** What a message carries, by its kind. */
export function Content({ message }: { message: Message }) {
  const { t } = useTranslation();
  const content = message.content;
  if (message.recalled) return <p className={styles.recalled}>{t('thread.recalled')}</p>;
  switch (content.type) {
    case 'note':
      return <NoteText text={content.text} mentions={content.mentions ?? NOBODY} />;
    case 'system':
      return content.details ? <Recorded content={content} /> : <p className={styles.text}>{content.text}</p>;
    case 'text':
      return <p className={styles.text}>{content.text}</p>;
    case 'image':
      return (
        <>
          <Picture content={content} address={fileAddress(message.conversation_id, content.file_id)} />
          {message.author.kind === 'customer' && (
            <Later>
              <ReadIngredients conversationId={message.conversation_id} fileId={content.file_id} />
            </Later>
          )}
        </>
      );
    case 'ingredient_card':
      return (
        <Later>
          <IngredientCard card={content} />
        </Later>
      );
    case 'file':
      return <File content={content} address={fileAddress(message.conversation_id, content.file_id)} />;
    case 'product_card':
      return <Product content={content} />;
    case 'order_card':
      return <Order content={content} />;
    case 'quick_replies':
      return (
        <>
          <p className={styles.text}>{content.text}</p>
          <ul className={styles.options} aria-label={t('thread.options')}>
            {content.options.map((option) => (
              <li key={option.label}>{option.label}</li>
            ))}
          </ul>
        </>
      );
  }
}

const Later = ({ children }: { children: ReactNode }) => <Suspense fallback={null}>{children}</Suspense>;

const NOBODY: Mention[] = [];

/** What the server did by itself, in the reader's language. */
function Recorded({ content }: { content: SystemNotice }) {
  return (
    <p className={styles.text}>
      <Suspense fallback={content.text}>
        <Told content={content} />
      </Suspense>
    </p>
  );
}

/** Whoever was mentioned stands out. */
function NoteText({ text, mentions }: { text: string; mentions: Mention[] }) {
  const names = mentions.map(({ name }) => name);
  return (
    <p className={styles.text}>
      {pieces(text, names).map((piece, index) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text that stays
        piece.named ? <b key={index}>{piece.text}</b> : piece.text,
      )}
    </p>
  );
}

/** Takes its space before it is loaded, so that nothing jumps. */
function Picture({ content, address }: { content: ImageContent; address: string }) {
  const [width, height] = [content.width || IMAGE, content.height || IMAGE];
  const scale = Math.min(1, IMAGE / width, IMAGE / height);
  return (
    <Image
      src={address}
      alt={content.name}
      width={Math.round(width * scale)}
      height={Math.round(height * scale)}
      className={styles.picture}
      loading="lazy"
    />
  );
}

function File({ content, address }: { content: FileContent; address: string }) {
  return (
    <a className={styles.file} href={address} download={content.name}>
      <FileOutlined aria-hidden />
      <span>{content.name}</span>
      <small>{sizeOf(content.size)}</small>
    </a>
  );
}

const sizeOf = (bytes: number) =>
  bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;

function Product({ content }: { content: ProductCard }) {
  const { t } = useTranslation();
  return (
    <div className={styles.card}>
      <small>{t('thread.product')}</small>
      <strong>
        {content.url ? (
          <a href={content.url} target="_blank" rel="noreferrer">
            {content.title}
          </a>
        ) : (
          content.title
        )}
      </strong>
      <span>{content.price}</span>
    </div>
  );
}

export function Order({ content }: { content: OrderCard }) {
  const { t } = useTranslation();
  const { logistics } = content;
  return (
    <div className={styles.card}>
      <span className={styles.spread}>
        <small>
          {t('thread.order')} {content.order_no}
        </small>
        <b>{content.status}</b>
      </span>
      {content.items.map((item) => (
        <span key={item.title} className={styles.spread}>
          <span>{item.title}</span>
          <span>×{item.quantity}</span>
        </span>
      ))}
      <span className={styles.spread}>
        <small>{content.placed_at ? dayAndTime(content.placed_at) : ''}</small>
        <strong>{content.amount}</strong>
      </span>
      {logistics && (
        <small>
          {logistics.carrier} {logistics.tracking_no} · {logistics.status}
          {logistics.latest && <br />}
          {logistics.latest}
        </small>
      )}
    </div>
  );
}
