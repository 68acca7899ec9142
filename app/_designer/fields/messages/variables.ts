import { eventKind } from "@/core/events/catalogue";
import type { PropertyType } from "@/core/events/property";
import type { Text } from "@/core/text";
import type { Answering } from "../../rules/answers";

/** A value a template may insert, with what it looks like for a sample member. */
export type Variable = {
  group: "member" | "event" | "coupon" | "answer" | "links" | "workspace";
  name: Text;
  type: "text" | "number" | "money" | "date" | "link";
  liquid: string;
  sample: Text;
};

const t = (en: string, zh: string): Text => ({ en, "zh-CN": zh });

/** What a message can name, for a run that the event starts and whose steps are answered. */
export function variablesFor(entry: string | undefined, workspace: string, answers: Answering[] = []): Variable[] {
  const properties = Object.entries(eventKind(entry ?? "")?.properties ?? {}).filter(
    ([, property]) => property.type !== "items" && property.type !== "list",
  );
  return [
    {
      group: "member",
      name: t("Name", "姓名"),
      type: "text",
      liquid: "{{ member.name }}",
      sample: t("Lin Xia", "林夏"),
    },
    { group: "member", name: t("Tier", "等级"), type: "text", liquid: "{{ member.tier }}", sample: t("gold", "gold") },
    {
      group: "member",
      name: t("Points", "积分"),
      type: "number",
      liquid: "{{ member.points }}",
      sample: t("1280", "1280"),
    },
    {
      group: "coupon",
      name: t("Code", "券码"),
      type: "text",
      liquid: "{{ coupon.code }}",
      sample: t("7K3MQ9XT2HWD", "7K3MQ9XT2HWD"),
    },
    {
      group: "coupon",
      name: t("Name of the offer", "优惠名称"),
      type: "text",
      liquid: "{{ coupon.name }}",
      sample: t("¥20 off ¥100", "满100减20"),
    },
    {
      group: "coupon",
      name: t("Expiry", "到期日"),
      type: "date",
      liquid: "{{ coupon.expires_at | date }}",
      sample: t("22 Dec 2026", "2026年12月22日"),
    },
    ...properties.map(
      ([key, property]): Variable => ({
        group: "event",
        name: property.name,
        type: typeOf(property.type),
        liquid:
          property.type === "money"
            ? `{{ event.${key} | money }}`
            : property.type === "instant" || property.type === "date"
              ? `{{ event.${key} | date }}`
              : `{{ event.${key} }}`,
        sample:
          property.type === "money"
            ? t("¥188", "¥188")
            : property.type === "count" || property.type === "number"
              ? t("3", "3")
              : property.type === "instant" || property.type === "date"
                ? t("22 Nov 2026", "2026年11月22日")
                : t(property.name.en, property.name["zh-CN"]),
      }),
    ),
    ...answers.flatMap(({ node, title, values }) =>
      values.map(
        ({ key, name, type, options }): Variable => ({
          group: "answer",
          name: t(`${title}: ${name.en}`, `${title}：${name["zh-CN"]}`),
          type: type === "count" ? "number" : "text",
          liquid: `{{ answers.${node}.${key} }}`,
          sample: options?.[0] ? t(options[0].value, options[0].value) : type === "count" ? t("4", "4") : t("…", "…"),
        }),
      ),
    ),
    {
      group: "links",
      name: t("Survey", "问卷链接"),
      type: "link",
      liquid: "{{ links.survey }}",
      sample: t("https://…/s", "https://…/s"),
    },
    {
      group: "links",
      name: t("Unsubscribe", "退订链接"),
      type: "link",
      liquid: "{{ links.unsubscribe }}",
      sample: t("https://…/u", "https://…/u"),
    },
    {
      group: "workspace",
      name: t("Shop name", "店铺名称"),
      type: "text",
      liquid: "{{ workspace.name }}",
      sample: t(workspace, workspace),
    },
  ];
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

/** A template as a sample member would read it; what is not known stays as its path. */
export function sampled(
  template: string,
  variables: Variable[],
  locale: keyof Text,
): { text: string; isFilled: boolean }[] {
  return template
    .split(/(\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\})/)
    .flatMap((part, i): { text: string; isFilled: boolean }[] => {
      if (i % 2 === 0) return part ? [{ text: part, isFilled: false }] : [];
      if (part.startsWith("{%")) return [];
      const path = part.slice(2, -2).split("|")[0]?.trim() ?? "";
      const known = variables.find((variable) => variable.liquid.slice(2, -2).split("|")[0]?.trim() === path);
      return [{ text: known?.sample[locale] ?? path, isFilled: true }];
    });
}
