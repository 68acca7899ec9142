import { eventKind } from "@/core/events/catalogue";
import type { PropertyType } from "@/core/events/property";
import { sampled, textOf } from "@/core/message/sample/sampled";
import type { Scope } from "@/core/message/scope";
import { LOCALES, type Locale, type Text } from "@/core/text";
import type { Answering } from "../../rules/answers";

/** A value a template may insert, with what it looks like in the sample that the previews show. */
export type Variable = {
  group: "member" | "event" | "coupon" | "answer" | "links" | "workspace";
  name: Text;
  type: "text" | "number" | "money" | "date" | "link";
  liquid: string;
  sample: Text;
};
type Known = Omit<Variable, "sample">;

const t = (en: string, zh: string): Text => ({ en, "zh-CN": zh });

/** What a message can name, for a run that the event starts and whose steps are answered; `scopes`: the sample, in each language. */
export function variablesFor({
  event,
  answers = [],
  scopes,
}: {
  event?: string | null | undefined;
  answers?: Answering[];
  scopes?: Record<Locale, Scope>;
}): Variable[] {
  const known: Known[] = [
    ...MEMBER,
    ...COUPON,
    ...eachCoupon(scopes),
    ...propertiesOf(event ?? ""),
    ...answers.flatMap(({ node, title, values }) =>
      values.map(
        ({ key, name, type }): Known => ({
          group: "answer",
          name: t(`${title}: ${name.en}`, `${title}：${name["zh-CN"]}`),
          type: type === "count" ? "number" : "text",
          liquid: `{{ answers.${node}.${key} }}`,
        }),
      ),
    ),
    ...LINKS,
    { group: "workspace", name: t("Shop name", "店铺名称"), type: "text", liquid: "{{ workspace.name }}" },
  ];
  const look = (liquid: string, locale: Locale) => (scopes ? textOf(sampled(liquid, scopes[locale]).pieces) : "");
  return known.map((one) => ({ ...one, sample: t(look(one.liquid, "en"), look(one.liquid, "zh-CN")) }));
}

const MEMBER: Known[] = [
  { group: "member", name: t("Name", "姓名"), type: "text", liquid: "{{ member.name }}" },
  { group: "member", name: t("Tier", "等级"), type: "text", liquid: "{{ member.tier }}" },
  { group: "member", name: t("Points", "积分"), type: "number", liquid: "{{ member.points }}" },
];
const COUPON: Known[] = [
  { group: "coupon", name: t("Code", "券码"), type: "text", liquid: "{{ coupon.code }}" },
  { group: "coupon", name: t("Name of the offer", "优惠名称"), type: "text", liquid: "{{ coupon.name }}" },
  { group: "coupon", name: t("Expiry", "到期日"), type: "date", liquid: "{{ coupon.expires_at | date }}" },
  { group: "coupon", name: t("Page to show it", "出示页面链接"), type: "link", liquid: "{{ coupon.link }}" },
];
const LINKS: Known[] = [
  { group: "links", name: t("Survey", "问卷链接"), type: "link", liquid: "{{ links.survey }}" },
  { group: "links", name: t("Unsubscribe", "退订链接"), type: "link", liquid: "{{ links.unsubscribe }}" },
];

/** Where a run holds several coupons each can be named, not only the last. */
function eachCoupon(scopes: Record<Locale, Scope> | undefined): Known[] {
  const count = scopes?.en.coupons.length ?? 0;
  if (count < 2) return [];
  return Array.from({ length: count }, (_, i): Known[] => {
    const of = (en: string, zh: string): Text => {
      const [english, chinese] = LOCALES.map((locale) => scopes?.[locale].coupons[i]?.name ?? "");
      return t(`${english}: ${en}`, `${chinese}：${zh}`);
    };
    return [
      { group: "coupon", name: of("code", "券码"), type: "text", liquid: `{{ coupons[${i}].code }}` },
      { group: "coupon", name: of("name", "名称"), type: "text", liquid: `{{ coupons[${i}].name }}` },
      { group: "coupon", name: of("expiry", "到期日"), type: "date", liquid: `{{ coupons[${i}].expires_at | date }}` },
    ];
  }).flat();
}

function propertiesOf(event: string): Known[] {
  return Object.entries(eventKind(event)?.properties ?? {})
    .filter(([, { type }]) => type !== "items" && type !== "list")
    .map(([key, { name, type }]) => ({ group: "event", name, type: typeOf(type), liquid: liquidOf(key, type) }));
}

function liquidOf(key: string, type: PropertyType): string {
  if (type === "money") return `{{ event.${key} | money }}`;
  return type === "instant" || type === "date" ? `{{ event.${key} | date }}` : `{{ event.${key} }}`;
}

function typeOf(type: PropertyType): Variable["type"] {
  switch (type) {
    case "money":
      return "money";
    case "count":
    case "number":
      return "number";
    case "date":
    case "instant":
      return "date";
    default:
      return "text";
  }
}
