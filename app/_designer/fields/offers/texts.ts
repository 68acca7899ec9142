import { area } from "../../../_i18n/area";

export const designerOffers = area({
  en: {
    issued: "{count} issued",
    left: "{left} left, {out}",
    ofThisJourney: "given in this journey",
    searching: "Searching …",
    notFound: "No offer is called that, and no coupon has that code.",
    newNamed: "New offer “{name}” …",
  },
  "zh-CN": {
    issued: "已发 {count}",
    left: "剩 {left}，{out}",
    ofThisJourney: "本旅程发放",
    searching: "搜索中…",
    notFound: "没有叫这个名称的优惠，也没有此券码。",
    newNamed: "新建优惠“{name}”…",
  },
});
