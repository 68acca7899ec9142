import type { Text } from "@/core/text";

type Sense = { match: RegExp; says(found: string): Text };

// What the template languages throw is English and about their insides: the usual mistakes are said to a marketer, in both languages.
const SENSES: Sense[] = [
  {
    match: /^output "(.*?)" not closed/s,
    says: (begun) => ({
      en: `“${begun}” is not closed: a value ends with }}.`,
      "zh-CN": `“${begun}”没有结束：取值以 }} 结尾。`,
    }),
  },
  {
    match: /^tag "(.*?)" not closed/s,
    says: (begun) => ({
      en: `“${begun}” is not closed: a tag ends with %}.`,
      "zh-CN": `“${begun}”没有结束：标签以 %} 结尾。`,
    }),
  },
  {
    match: /^tag (\{%.*?%\}) not closed/s,
    says: (begun) => ({
      en: `“${begun}” has no end: ${endOf(begun)} stands after the text it is for.`,
      "zh-CN": `“${begun}”没有结束：请在其文字之后写 ${endOf(begun)}。`,
    }),
  },
  {
    match: /^tag "(end\w+)" not found/,
    says: (tag) => ({
      en: `{% ${tag} %} ends nothing: no {% ${tag.slice(3)} … %} stands before it.`,
      "zh-CN": `{% ${tag} %} 之前没有对应的 {% ${tag.slice(3)} … %}。`,
    }),
  },
  {
    match: /^tag "(.*?)" not found/,
    says: (tag) => ({
      en: `There is no tag “${tag}”; if, unless, case, for and assign are known.`,
      "zh-CN": `没有“${tag}”这个标签；可用 if、unless、case、for、assign。`,
    }),
  },
  {
    match: /^undefined filter: ([^\s,]+)/,
    says: (filter) => ({
      en: `There is no filter “${filter}”; date, money, default, upcase and Liquid's others are known.`,
      "zh-CN": `没有“${filter}”这个过滤器；可用 date、money、default、upcase 等 Liquid 过滤器。`,
    }),
  },
  {
    match: /^expected "\|" before filter/,
    says: () => ({
      en: "Something stands between a value and its end: often a }} or %} is missing, or = stands for ==.",
      "zh-CN": "取值与其结尾之间有多余内容：常见原因是漏写 }} 或 %}，或把 == 写成 =。",
    }),
  },
  {
    match: /^expected ":" after filter name/,
    says: () => ({
      en: 'What a filter is given stands after a colon, like {{ event.at | date: "%Y" }}.',
      "zh-CN": '过滤器的参数写在冒号之后，例如 {{ event.at | date: "%Y" }}。',
    }),
  },
  {
    match: /^range: outside of a loop/,
    says: () => ({
      en: "Outside of a loop the ends of a range are numbers, like (1..10): a loop takes {% for i in (1..member.points) %} too.",
      "zh-CN": "在循环之外，范围的两端须为数字，例如 (1..10)；循环中可写 {% for i in (1..member.points) %}。",
    }),
  },
  {
    match: /^invalid value expression: "(.*?)"/,
    says: () => ({
      en: "A value or a condition is empty: say what stands there, like {{ member.name }}.",
      "zh-CN": "取值或条件为空：请写明内容，例如 {{ member.name }}。",
    }),
  },
];

/** A template language's complaint, said to who writes the template; what is not known is passed on as it came. */
export function sayMistake(complaint: string): Text {
  for (const { match, says } of SENSES) {
    const found = match.exec(complaint);
    if (found) return says(short(found[1] ?? ""));
  }
  return { en: `The template has a mistake: ${complaint}`, "zh-CN": `模板有误：${complaint}` };
}

const short = (text: string): string => {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
};

const endOf = (begun: string): string => `{% end${/\w+/.exec(begun)?.[0] ?? ""} %}`;
