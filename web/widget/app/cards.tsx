import { productArt } from '../../ui/art.ts';
import type { FileContent, OrderCard, ProductCard } from './contract.ts';
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
