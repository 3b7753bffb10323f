import { FileView, IngredientsView, OrderView, ProductView } from './cards.tsx';
import type { Author, ImageContent, Message, Shown, Verdict } from './contract.ts';
import { PetalIcon } from './icons.tsx';
import { type Row, timeLabel } from './rows.ts';
import { isEmojiOnly, linkify, safeUrl } from './text.ts';
import { useScene } from './view.ts';
import { noticed, type Words } from './words.ts';

export function authorName(author: Author, words: Words): string {
  if (author.kind === 'assistant') return author.name ? `${author.name} · ${words.assistant}` : words.assistant;
  return author.name ?? words.staff;
}

export function Face({ author }: { author: Author }) {
  return (
    <span class={`face ${author.kind}`} aria-hidden="true">
      {author.kind === 'assistant' ? <PetalIcon /> : [...(author.name ?? '人')][0]}
    </span>
  );
}

function Text({ text }: { text: string }) {
  if (isEmojiOnly(text)) return <p class="emoji">{text}</p>;
  return (
    <p class="text">
      {linkify(text).map((piece) =>
        piece.href ? (
          <a href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
            {piece.text}
          </a>
        ) : (
          piece.text
        ),
      )}
    </p>
  );
}

function Picture({ image, onEnlarge }: { image: ImageContent; onEnlarge: (image: ImageContent) => void }) {
  const { words } = useScene();
  return (
    <button type="button" class="picture" aria-label={words.enlarge} onClick={() => onEnlarge(image)}>
      <img
        src={safeUrl(image.url)}
        alt={image.name || words.image}
        width={image.width ?? undefined}
        height={image.height ?? undefined}
      />
    </button>
  );
}

interface ContentProps {
  shown: Shown;
  onEnlarge: (image: ImageContent) => void;
}

function Content({ shown, onEnlarge }: ContentProps) {
  switch (shown.kind) {
    case 'text':
    case 'quick_replies':
      return <Text text={shown.content.text} />;
    case 'image':
      return <Picture image={shown.content} onEnlarge={onEnlarge} />;
    case 'file':
      return <FileView file={shown.content} />;
    case 'product_card':
      return <ProductView product={shown.content} />;
    case 'order_card':
      return <OrderView order={shown.content} />;
    case 'ingredient_card':
      return <IngredientsView card={shown.content} />;
    case 'system':
      return null;
  }
}

/** How far the customer's own message has come, and what they can do when it has not. */
function Delivery({ row }: { row: Row }) {
  const { chat, words, locale } = useScene();
  const { outgoing, status } = row;
  if (status === 'none') return null;
  if (status === 'sent' || status === 'read') {
    return (
      <p class="delivery">
        {timeLabel(row.at, locale)} · {words[status]}
      </p>
    );
  }
  if (!outgoing) return null;
  const share = outgoing.progress;
  return (
    <p class={`delivery ${status}`}>
      {share !== undefined && status === 'sending' && <progress value={share} max={1} aria-label={words.sending} />}
      {words[status]}
      {outgoing.detail && status === 'failed' ? ` · ${outgoing.detail}` : ''}
      {status === 'failed' && (
        <>
          <button type="button" onClick={() => chat.retry(outgoing.clientId)}>
            {words.retry}
          </button>
          <button type="button" onClick={() => chat.discard(outgoing.clientId)}>
            {words.discard}
          </button>
        </>
      )}
    </p>
  );
}

const VERDICTS: readonly Verdict[] = ['useful', 'useless'];

/** Whether an answer from an article helped; it can be said anew. */
function Rating({ message }: { message: Message }) {
  const { chat, words } = useScene();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div class="rating" role="group" aria-label={words.helpful}>
      {VERDICTS.map((verdict) => (
        <button
          key={verdict}
          type="button"
          aria-pressed={message.rating === verdict}
          onClick={() => message.rating === verdict || chat.rate(message, verdict)}
        >
          {words[verdict]}
        </button>
      ))}
    </div>
  );
}

const BARE: ReadonlySet<Shown['kind']> = new Set(['image', 'product_card', 'order_card', 'ingredient_card', 'file']);

interface BubbleProps {
  row: Row;
  onEnlarge: (image: ImageContent) => void;
  onSay: (text: string) => void;
  /** Only the latest message offers its answers; older ones have been answered. */
  latest: boolean;
}

export function Bubble({ row, onEnlarge, onSay, latest }: BubbleProps) {
  const { words, locale } = useScene();
  const { shown, author, own, first, last, recalled, edited } = row;
  if (shown.kind === 'system') return <p class="system">{noticed(shown.content, words)}</p>;
  const shape = `bubble${BARE.has(shown.kind) && !recalled ? ' card' : ''}`;
  return (
    <div class={`row ${own ? 'own' : 'theirs'}${first ? ' first' : ''}${last ? ' last' : ''}`}>
      {!own && first && (
        <>
          <Face author={author} />
          <p class="name">
            {authorName(author, words)} <time dateTime={row.at}>{timeLabel(row.at, locale)}</time>
          </p>
        </>
      )}
      <div class={shape}>
        {recalled ? <p class="quiet">{words.recalled}</p> : <Content shown={shown} onEnlarge={onEnlarge} />}
        {edited && <small class="edited">{words.edited}</small>}
      </div>
      {row.rateable && <Rating message={row.rateable} />}
      {latest && shown.kind === 'quick_replies' && !recalled && (
        <div class="choices">
          {shown.content.options.map((option) => (
            <button key={option.label} type="button" onClick={() => onSay(option.text)}>
              {option.label}
            </button>
          ))}
        </div>
      )}
      {own && <Delivery row={row} />}
    </div>
  );
}
