import { english } from './english.ts';
import { $, element, yingda } from './page.ts';

export interface Customer {
  user_id: string;
  name: string;
  signature: string;
  note: string;
}

const KEY = 'liuli-demo-customer';
const VISITOR = { name: english ? 'Visitor' : '访客', note: english ? 'Not signed in' : '未登录，没有订单' };

/** A shop knows its customers after they sign in. Here anyone may try on one of the demo's. */
export function drawAccounts(customers: Customer[], begin: () => void): void {
  const choose = (customer: Customer | null) => {
    sessionStorage.setItem(KEY, customer?.user_id ?? '');
    mark(customer);
    yingda('shutdown');
    begin();
    if (customer) identify(customer);
  };
  $('#accounts ul').replaceChildren(...[null, ...customers].map((customer) => choice(customer, choose)));

  const saved = sessionStorage.getItem(KEY);
  const customer = customers.find(({ user_id }) => user_id === saved) ?? null;
  mark(customer);
  if (customer) identify(customer);
}

function identify({ user_id, name, signature }: Customer): void {
  yingda('identify', { user_id, name, signature });
}

function choice(customer: Customer | null, choose: (customer: Customer | null) => void): HTMLElement {
  const { name, note } = customer ?? VISITOR;
  const item = element('li');
  const button = element('button');
  button.type = 'button';
  button.dataset.user = customer?.user_id ?? '';
  const words = element('span');
  words.append(element('b', '', name), element('small', '', note));
  button.append(element('span', 'avatar', [...name][0]), words);
  button.onclick = () => {
    $('#accounts').hidePopover();
    choose(customer);
  };
  item.append(button);
  return item;
}

function mark(customer: Customer | null): void {
  const { name } = customer ?? VISITOR;
  $('.account-name').textContent = name;
  $('.account .avatar').textContent = [...name][0] ?? '';
  for (const button of document.querySelectorAll<HTMLElement>('#accounts button')) {
    button.setAttribute('aria-pressed', String(button.dataset.user === (customer?.user_id ?? '')));
  }
}
