import type { Text } from "../text";
import { instantOf, isDay } from "../time/day";
import { type Field, type FieldValue, fieldAt, OPERATORS } from "./fields";
import { MEMBER_FIELDS } from "./found";
import { isField, type Leaf, type Rule } from "./rule";
import { leavesOf } from "./walk";

export type Unfit = { code: "operator_unfit" | "value_unfit"; says: Text };

/** Why a field cannot be asked so: an operator that makes no sense for it, or a value it can never equal. */
export function unfit(leaf: Leaf, about: Field): Unfit | undefined {
  const fitting = OPERATORS[about.holds].join(", ");
  if (!OPERATORS[about.holds].includes(leaf.is))
    return {
      code: "operator_unfit",
      says: {
        en: `“${about.name.en}” cannot be compared by “${leaf.is}”. Possible: ${fitting}.`,
        "zh-CN": `“${about.name["zh-CN"]}”不能用“${leaf.is}”比较。可用：${fitting}。`,
      },
    };
  if (isFit(leaf, about.holds)) return isBackward(leaf) ? { code: "value_unfit", says: backward(about) } : undefined;
  const [en, zh] = wantedOf(leaf, about.holds);
  return {
    code: "value_unfit",
    says: {
      en: `“${about.name.en}” is compared with ${en}; the value is not.`,
      "zh-CN": `“${about.name["zh-CN"]}”应与${zh}比较，而所填的值不是。`,
    },
  };
}

/** The first thing a rule over members asks that no member can answer, with its place; undefined when all can be answered. */
export function unanswerable(rule: Rule): { path: (string | number)[]; says: Text } | undefined {
  for (const { leaf, path } of leavesOf(rule)) {
    if ("did" in leaf) continue;
    if (!leaf.field.startsWith("member.") || isField(leaf.value)) return { path, says: MEMBERS_ONLY };
    const about = fieldAt(leaf.field);
    if (!about) return { path: [...path, "field"], says: noField(leaf.field) };
    const wrong = unfit(leaf, about);
    if (wrong) return { path: [...path, wrong.code === "operator_unfit" ? "is" : "value"], says: wrong.says };
  }
  return undefined;
}

const MEMBERS_ONLY: Text = {
  en: "a segment asks members only: fields that begin with member., compared with values",
  "zh-CN": "分群只能询问会员：以 member. 开头的字段，与具体的值比较",
};
const FIELDS = Object.keys(MEMBER_FIELDS).join(", ");
const noField = (field: string): Text => ({
  en: `there is no field “${field}”; members have ${FIELDS}, and attributes.<name>`,
  "zh-CN": `没有“${field}”这个字段；会员有 ${FIELDS} 以及 attributes.<名称>`,
});

/** Whether nothing can lie between two values, as the first is the greater. */
function isBackward({ is, value }: Leaf): boolean {
  if (is !== "between" || !Array.isArray(value)) return false;
  const [from, to] = value.map((one) =>
    typeof one === "string" ? instantOf(isDay(one) ? `${one}T00:00:00Z` : one) : one,
  );
  return typeof from === "number" && typeof to === "number" && from > to;
}

const backward = ({ name }: Field): Text => ({
  en: `“${name.en}”: nothing lies between these two, as the first is the greater; swap them.`,
  "zh-CN": `“${name["zh-CN"]}”：起始值大于结束值，没有任何值介于两者之间；请对调。`,
});

/** Whether literals have the type that the field can equal; a value of another type is never equal, which nobody means. */
function isFit({ is, value }: Leaf, holds: FieldValue): boolean {
  if (is === "between" && (!Array.isArray(value) || value.length !== 2 || value.includes("")))
    return typeof value === "object" && !Array.isArray(value);
  const literals = Array.isArray(value) ? value : typeof value === "object" || value === undefined ? [] : [value];
  if (is === "within_days" || is === "not_within_days")
    return literals.every((one) => typeof one === "number" && Number.isInteger(one) && one >= 0);
  switch (holds) {
    case "number":
    case "money":
      return literals.every((one) => typeof one === "number");
    case "boolean":
      return literals.every((one) => typeof one === "boolean");
    case "text":
    case "choice":
      return literals.every((one) => typeof one === "string");
    case "date":
    case "instant":
      return literals.every((one) => typeof one === "string" && (isDay(one) || instantOf(one) !== undefined));
    case "list":
    case "untyped":
      return true;
    default:
      return holds satisfies never;
  }
}

function wantedOf({ is }: Leaf, holds: FieldValue): [string, string] {
  if (is === "between") return ["two values, from and to", "两个值（起和止）"];
  if (is === "within_days" || is === "not_within_days") return ["a whole number of days", "整天数"];
  switch (holds) {
    case "number":
      return ["a number", "数字"];
    case "money":
      return [
        "an amount, in a document in minor units: 10000 for 100.00",
        "金额（文档中以最小货币单位填写：10000 即 100.00）",
      ];
    case "boolean":
      return ["true or false", " true 或 false"];
    case "date":
    case "instant":
      return ["a date like 2026-11-22, or an instant", "日期（例如 2026-11-22）或时刻"];
    case "text":
    case "choice":
    case "list":
    case "untyped":
      return ["a text", "文本"];
    default:
      return holds satisfies never;
  }
}
