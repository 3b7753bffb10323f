import './shop.css';
import { productArt } from '../../ui/art.ts';
import { type Customer, drawAccounts } from './accounts.ts';
import { english, translate } from './english.ts';
import { $, element, yingda } from './page.ts';

interface Product {
  product_id: string;
  title: string;
  subtitle: string;
  price: string;
  category: string;
  image_url: string | null;
}

const SUGGESTIONS = english
  ? ['Where is my order?', 'When does my refund arrive?', 'Can I get an invoice?']
  : ['我的订单到哪了', '退款什么时候到账', '可以开发票吗'];

async function load<T>(path: string): Promise<T> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return (await response.json()) as T;
}

function picture(product: Product): HTMLElement {
  const box = element('div', 'picture');
  if (product.image_url) {
    const image = element('img');
    image.src = product.image_url;
    image.alt = '';
    image.loading = 'lazy';
    box.append(image);
  } else box.innerHTML = productArt(product.title, product.category);
  return box;
}

function show(product: Product): void {
  const dialog = $<HTMLDialogElement>('.detail');
  $('.detail-picture').replaceChildren(picture(product));
  $('.detail-category').textContent = product.category;
  $('#detail-title').textContent = product.title;
  $('.detail-subtitle').textContent = product.subtitle;
  $('.detail .price').textContent = product.price;
  $('.detail .primary').onclick = () => {
    dialog.close();
    const { product_id, title, price, image_url } = product;
    const url = new URL(`/#${product_id}`, location.href).href;
    yingda('product', { product_id, title, price, image_url, url });
  };
  dialog.showModal();
}

function card(product: Product): HTMLElement {
  const item = element('li');
  const button = element('button', 'card');
  button.type = 'button';
  button.append(
    picture(product),
    element('span', 'card-title', product.title),
    element('span', 'card-subtitle', product.subtitle),
    element('span', 'price', product.price),
  );
  button.onclick = () => show(product);
  item.append(button);
  return item;
}

function drawProducts(products: Product[]): void {
  const everything = english ? 'All' : '全部';
  const choose = (category: string) => {
    const chosen = products.filter((product) => category === everything || product.category === category);
    $('.grid').replaceChildren(...chosen.map(card));
    for (const button of document.querySelectorAll('.filters button')) {
      button.setAttribute('aria-pressed', String(button.textContent === category));
    }
  };
  const categories = [everything, ...new Set(products.map((product) => product.category))];
  $('.filters').replaceChildren(
    ...categories.map((category) => {
      const button = element('button', '', category);
      button.type = 'button';
      button.onclick = () => choose(category);
      return button;
    }),
  );
  choose(everything);
  const linked = products.find((product) => product.product_id === location.hash.slice(1));
  if (linked) show(linked);
}

translate();
const begin = () => yingda('init', { shop: 'liuli', locale: english ? 'en' : 'zh', suggestions: SUGGESTIONS });
begin();
$('[data-open]').onclick = () => yingda('open');

load<{ products: Product[] }>('/api/v1/demo/products?limit=24')
  .then(({ products }) => drawProducts(products))
  .catch(() => {
    $('.grid-note').textContent = english
      ? 'The products could not be loaded.'
      : '商品暂时加载不出来，请稍后刷新页面。';
  })
  .finally(() => $('.grid').setAttribute('aria-busy', 'false'));

load<{ customers: Customer[] }>('/api/v1/demo/customers')
  .then(({ customers }) => drawAccounts(customers, begin))
  .catch(() => $('.account').remove());
