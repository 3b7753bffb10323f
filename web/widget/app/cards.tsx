import { productArt } from '../../ui/art.ts';
import type { FileContent, IngredientCard, OrderCard, ProductCard } from './contract.ts';
import { FileIcon, TruckIcon } from './icons.tsx';
import { fileSize, safeUrl } from './text.ts';
import { useScene } from './view.ts';

/** The product's picture, or a drawn one where the shop has none. */
export function Thumb({ title, src }: { title: string; src?: string | null | undefined }) {
  const url = safeUrl(src);
  return url ? (
    <img class="thumb" src={url} alt="" loading="lazy" />
  ) : (
    <span class="thumb" dangerouslySetInnerHTML={{ __html: productArt(title) }} />
  );
}

export function ProductView({ product }: { product: ProductCard }) {
  const url = safeUrl(product.url);
  const body = (
    <>
      <Thumb title={product.title} src={product.image_url} />
      <span class="product-words">
        <span class="product-title">{product.title}</span>
        <span class="price">{product.price}</span>
      </span>
    </>
  );
  return url ? (
    <a class="product" href={url} target="_blank" rel="noopener noreferrer">
      {body}
    </a>
  ) : (
    <span class="product">{body}</span>
  );
}

export function OrderView({ order }: { order: OrderCard }) {
  const { words } = useScene();
  const items = order.items ?? [];
  const count = items.reduce((sum, item) => sum + item.quantity, 0);
  return (
    <span class="order">
      <span class="order-head">
        <span>{words.order(order.order_no)}</span>
        {order.status && <b>{order.status}</b>}
      </span>
      {items.slice(0, 3).map((item) => (
        <span class="order-item" key={item.title}>
          <Thumb title={item.title} src={item.image_url} />
          <span class="order-title">{item.title}</span>
          <span class="order-count">×{item.quantity}</span>
        </span>
      ))}
      {order.logistics && (
        <span class="order-way">
          <TruckIcon />
          <span>
            <b>
              {order.logistics.carrier} · {order.logistics.status}
            </b>
            <span>{order.logistics.latest ?? order.logistics.tracking_no}</span>
          </span>
        </span>
      )}
      {order.amount && (
        <span class="order-foot">
          <span>{words.pieces(count)}</span>
          <span>
            {words.total} <b class="price">{order.amount}</b>
          </span>
        </span>
      )}
    </span>
  );
}

/** What matters to the customer first; the whole list when they want it. */
export function IngredientsView({ card: given }: { card: IngredientCard }) {
  const { words, locale } = useScene();
  const card = locale === 'en' ? { ...given, ...given.en } : given;
  const parts: [string, string[]][] = [
    [words.cautions, [...card.cautions, ...card.conflicts]],
    [words.suits, card.suits],
    [words.unsuited, card.unsuited],
    [words.notRead, [...card.unclear, ...card.unknown]],
  ];
  return (
    <div class="order ingredients">
      <p class="order-head">
        <b>{words.ingredients}</b>
      </p>
      <p>{card.text}</p>
      {parts.map(
        ([title, lines]) =>
          lines.length > 0 && (
            <section key={title}>
              <h3>{title}</h3>
              <ul>
                {lines.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            </section>
          ),
      )}
      <details>
        <summary>{words.allIngredients(card.ingredients.length)}</summary>
        <ol>
          {card.ingredients.map((one, at) => (
            <li key={at}>
              {one.name}
              {!one.certain && '*'} <span>{one.purposes.join(words.comma)}</span>
            </li>
          ))}
        </ol>
        <small>{words.corrected}</small>
        <small>{words.sources(card.sources.join(words.semicolon))}</small>
      </details>
      <small>{words.packageCounts}</small>
    </div>
  );
}

export function FileView({ file }: { file: FileContent }) {
  return (
    <a class="file" href={safeUrl(file.url)} target="_blank" rel="noopener noreferrer">
      <FileIcon />
      <span>
        <span class="file-name">{file.name}</span>
        <span class="file-size">{fileSize(file.size)}</span>
      </span>
    </a>
  );
}
