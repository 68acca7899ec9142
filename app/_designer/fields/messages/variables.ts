import { eventKind } from "@/core/events/catalogue";
import { spoken } from "@/core/events/event-name";
import type { PropertyType } from "@/core/events/property";
import { isPlainPath, type OwnTypes } from "@/core/message/sample/own";
import { sampled, textOf } from "@/core/message/sample/sampled";
import type { Scope } from "@/core/message/scope";
import { COUPON, type Variable as Known, LINKS, MEMBER, PLACE, WORKSPACE } from "@/core/message/variables";
import { LOCALES, type Locale, type Text } from "@/core/text";
import type { Answering } from "../../rules/answers";
import type { SeenIn } from "../../rules/seen-fields";

/** A value a template may insert, with what it looks like in the sample that the previews show. */
export type Variable = Known & { sample: Text };

const t = (en: string, zh: string): Text => ({ en, "zh-CN": zh });

/**
 * What a message can name, for a run that the event starts and whose steps are answered; `seen`: what the workspace's own data holds, `scopes`: the sample,
 * in each language.
 */
export function variablesFor({
  event,
  answers = [],
  seen = {},
  scopes,
}: {
  event?: string | null | undefined;
  answers?: Answering[];
  seen?: SeenIn;
  scopes?: Record<Locale, Scope>;
}): Variable[] {
  const known: Known[] = [
    ...MEMBER,
    ...ownOf("member", seen.member),
    ...COUPON,
    ...eachCoupon(scopes),
    ...propertiesOf(event ?? ""),
    ...(event && eventKind(event)?.properties.store ? PLACE : []),
    ...ownOf("event", seen.event, event ?? ""),
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
    ...WORKSPACE,
  ];
  const look = (liquid: string, locale: Locale) => (scopes ? textOf(sampled(liquid, scopes[locale]).pieces) : "");
  return known.map((one) => ({ ...one, sample: t(look(one.liquid, "en"), look(one.liquid, "zh-CN")) }));
}

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

/** Own attributes and own properties as they came, of the type that most of their values have; a list is no text. */
function ownOf(group: "member" | "event", seen: SeenIn["event"] = [], event = ""): Known[] {
  const known = eventKind(event)?.properties ?? {};
  return Object.entries(ownTypes(seen)).flatMap(([path, seenType]): Known[] => {
    if (seenType === "list" || Object.hasOwn(known, path.split(".")[0] ?? path)) return [];
    const type = seenType === "boolean" ? "text" : seenType;
    const root = group === "member" ? "member.attributes" : "event";
    return [{ group, name: spoken(path), type: typeOf(type), liquid: liquidOf(path, type, root) }];
  });
}

/** What a template can name of what was seen. */
export const ownTypes = (seen: SeenIn["event"] = []): OwnTypes =>
  Object.fromEntries(
    seen.flatMap(({ path, types }) => (types[0] && isPlainPath(path) ? [[path, types[0].type] as const] : [])),
  );

function liquidOf(key: string, type: PropertyType, root = "event"): string {
  if (type === "money") return `{{ ${root}.${key} | money }}`;
  return type === "instant" || type === "date" ? `{{ ${root}.${key} | date }}` : `{{ ${root}.${key} }}`;
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
