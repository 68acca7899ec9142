import type { Text } from "@/core/text";

/** The demo's business: one loyalty programme over three merchants. */
export const WORKSPACE = {
  slug: "greenleaf",
  name: "青禾生活 Greenleaf",
  timeZone: "Asia/Shanghai",
  currency: "CNY",
  locale: "zh-CN",
} as const;
/** What has one text only, like names of journeys and tags, is told in both languages: people of either look at a demo. */
export const say = (text: Text): string => `${text["zh-CN"]} · ${text.en}`;

/** A demo of before has it under its Chinese name alone. */
export const isCalled = (name: string, said: string): boolean => name === said || said.startsWith(`${name} · `);

export const OWNER = { email: "demo@greenleaf.example", name: "Demo 演示" } as const;

export type MerchantCode = "market" | "coffee" | "kids";
export const MERCHANTS: Record<MerchantCode, string> = {
  market: "青禾超市 Greenleaf Market",
  coffee: "青禾咖啡 Greenleaf Coffee",
  kids: "小青禾亲子 Little Greenleaf",
};

export type DemoStore = {
  code: string;
  merchant: MerchantCode;
  name: string;
  region: string;
  mall?: string;
  weight: number;
};
export const STORES: readonly [DemoStore, ...DemoStore[]] = [
  {
    code: "SH-JINGAN",
    merchant: "market",
    name: "上海静安店 Shanghai Jing'an",
    region: "上海",
    mall: "静安嘉里中心",
    weight: 26,
  },
  { code: "HZ-WESTLAKE", merchant: "market", name: "杭州西湖店 Hangzhou West Lake", region: "浙江", weight: 20 },
  {
    code: "CD-TAIKOOLI",
    merchant: "market",
    name: "成都太古里店 Chengdu Taikoo Li",
    region: "四川",
    mall: "成都太古里",
    weight: 16,
  },
  {
    code: "SH-XINTIANDI",
    merchant: "coffee",
    name: "上海新天地店 Shanghai Xintiandi",
    region: "上海",
    mall: "新天地",
    weight: 18,
  },
  { code: "SZ-NANSHAN", merchant: "coffee", name: "深圳南山店 Shenzhen Nanshan", region: "广东", weight: 12 },
  { code: "SU-GUANQIAN", merchant: "kids", name: "苏州观前街店 Suzhou Guanqian", region: "江苏", weight: 8 },
];

/** `price` in fen; `most`: how many of it one takes. */
export type Product = { sku: string; name: string; category: string; price: number; most: number; weight: number };
export const PRODUCTS: Record<MerchantCode, readonly [Product, ...Product[]]> = {
  market: [
    { sku: "M-EGG", name: "散养鸡蛋 15枚", category: "生鲜", price: 2_680, most: 2, weight: 10 },
    { sku: "M-MILK", name: "鲜牛奶 950ml", category: "乳品", price: 1_990, most: 3, weight: 10 },
    { sku: "M-RICE", name: "五常大米 5kg", category: "粮油", price: 6_990, most: 1, weight: 5 },
    { sku: "M-OIL", name: "冷榨菜籽油 1.8L", category: "粮油", price: 5_980, most: 1, weight: 3 },
    { sku: "M-SALAD", name: "有机沙拉菜 250g", category: "生鲜", price: 1_590, most: 2, weight: 9 },
    { sku: "M-BEEF", name: "澳洲牛腩 500g", category: "生鲜", price: 5_890, most: 2, weight: 5 },
    { sku: "M-FRUIT", name: "当季鲜果篮", category: "水果", price: 4_980, most: 2, weight: 7 },
    { sku: "M-BREAD", name: "全麦吐司", category: "烘焙", price: 1_880, most: 2, weight: 8 },
    { sku: "M-CLEAN", name: "植萃洗衣液 2kg", category: "家清", price: 3_990, most: 1, weight: 4 },
  ],
  coffee: [
    { sku: "C-LATTE", name: "拿铁", category: "咖啡", price: 2_800, most: 2, weight: 12 },
    { sku: "C-AMER", name: "美式", category: "咖啡", price: 2_200, most: 2, weight: 9 },
    { sku: "C-TEA", name: "茉莉冷泡茶", category: "茶饮", price: 2_400, most: 2, weight: 5 },
    { sku: "C-CAKE", name: "巴斯克蛋糕", category: "烘焙", price: 3_600, most: 1, weight: 5 },
    { sku: "C-BEAN", name: "云南咖啡豆 250g", category: "咖啡豆", price: 8_800, most: 2, weight: 2 },
  ],
  kids: [
    { sku: "K-DIAPER", name: "纸尿裤 L码", category: "母婴", price: 12_900, most: 2, weight: 6 },
    { sku: "K-PUREE", name: "有机果泥 6袋", category: "辅食", price: 5_900, most: 2, weight: 7 },
    { sku: "K-BOOK", name: "绘本", category: "图书", price: 3_900, most: 3, weight: 6 },
    { sku: "K-TOY", name: "积木套装", category: "玩具", price: 19_900, most: 1, weight: 3 },
    { sku: "K-WEAR", name: "纯棉连体衣", category: "童装", price: 9_900, most: 2, weight: 4 },
  ],
};

/** When a merchant's shops are busy, by the hour. */
export const HOURS: Record<
  MerchantCode,
  readonly [{ hour: number; weight: number }, ...{ hour: number; weight: number }[]]
> = {
  market: [
    { hour: 9, weight: 2 },
    { hour: 11, weight: 2 },
    { hour: 13, weight: 1 },
    { hour: 16, weight: 2 },
    { hour: 18, weight: 5 },
    { hour: 19, weight: 4 },
    { hour: 20, weight: 2 },
  ],
  coffee: [
    { hour: 8, weight: 6 },
    { hour: 9, weight: 5 },
    { hour: 12, weight: 2 },
    { hour: 14, weight: 4 },
    { hour: 15, weight: 4 },
    { hour: 19, weight: 1 },
  ],
  kids: [
    { hour: 10, weight: 4 },
    { hour: 11, weight: 3 },
    { hour: 14, weight: 3 },
    { hour: 16, weight: 4 },
    { hour: 19, weight: 2 },
  ],
};

/** How busy each month is: spring festival, 618, double eleven, Christmas. */
export const SEASON = [1.25, 1.05, 0.9, 0.95, 1, 1.15, 0.9, 0.9, 1, 1.05, 1.2, 1.2] as const;

const TAGS: Record<MerchantCode, Text> = {
  market: { en: "prefers groceries", "zh-CN": "常买生鲜" },
  coffee: { en: "prefers coffee", "zh-CN": "爱喝咖啡" },
  kids: { en: "family", "zh-CN": "亲子家庭" },
};
export const tagOf = (merchant: MerchantCode): string => say(TAGS[merchant]);

export const merchantOf = (store: string): MerchantCode =>
  STORES.find(({ code }) => code === store)?.merchant ?? "market";
