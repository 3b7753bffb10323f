/** Invented goods and people, enough to fill a screen. */
import type { OrderCard } from '../app/contract.ts';

const GOODS = [
  ['积雪草舒缓精华液 30ml', '敏感泛红时的第一瓶', '¥169.00', '精华'],
  ['烟酰胺匀亮精华 30ml', '5% 烟酰胺，夜间使用', '¥189.00', '精华'],
  ['神经酰胺修护面霜 50g', '干燥季节的屏障', '¥218.00', '面霜'],
  ['氨基酸洁面乳 120g', '洗后不紧绷', '¥79.00', '洁面'],
  ['轻透防晒乳 SPF50+ 50ml', '通勤与户外都合适', '¥139.00', '防晒'],
  ['玫瑰保湿化妆水 200ml', '三秒吸收', '¥99.00', '化妆水'],
  ['丝绒口红 豆沙玫瑰', '一抹显气色', '¥129.00', '彩妆'],
  ['气垫粉底液 自然色', '薄透，不卡粉', '¥199.00', '彩妆'],
  ['玻尿酸补水面膜 5 片', '十五分钟急救', '¥69.00', '面膜'],
  ['晨露淡香水 50ml', '白茶与青梨', '¥329.00', '香氛'],
  ['温和卸妆油 150ml', '乳化快，不糊眼', '¥109.00', '洁面'],
  ['柔焦腮红 蜜桃', '随手一扫', '¥88.00', '彩妆'],
] as const;

export const PRODUCTS = GOODS.map(([title, subtitle, price, category], index) => ({
  product_id: `P${1001 + index}`,
  title,
  subtitle,
  price,
  category,
  image_url: null,
}));

export const CUSTOMERS = [
  ['C10001', '林小满', '有一个派送中停滞的包裹'],
  ['C10002', '周予安', '退款正在审核'],
  ['C10003', '陈以宁', '昨天签收，外包装破损'],
].map(([user_id, name, note]) => ({ user_id, name, note, signature: 'demo' }));

export const ORDERS: OrderCard[] = [
  {
    order_no: '20261118003271',
    status: '派送中',
    amount: '¥308.00',
    placed_at: '2026-11-18T12:20:00Z',
    items: [
      { title: '积雪草舒缓精华液 30ml', quantity: 1 },
      { title: '轻透防晒乳 SPF50+ 50ml', quantity: 1 },
    ],
    logistics: {
      carrier: '顺风快运',
      tracking_no: 'SF20261118077',
      status: '派送中',
      latest: '11月20日 09:12 【杭州西湖】快递员正在派送',
    },
  },
  {
    order_no: '20261102000915',
    status: '已签收',
    amount: '¥129.00',
    placed_at: '2026-11-02T08:00:00Z',
    items: [{ title: '丝绒口红 豆沙玫瑰', quantity: 1 }],
    logistics: null,
  },
];
