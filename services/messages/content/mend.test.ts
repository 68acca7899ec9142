import { describe, expect, it } from "vitest";
import { mend } from "./mend";
import { templateMistakes } from "./render";

const templateMistake = (template: string) => templateMistakes(template)[0];

const SLIPS: [string, string][] = [
  ["Hi {{ member.name }, come in", "Hi {{ member.name }}, come in"],
  ["Hi {{ member.name, come in", "Hi {{ member.name }}, come in"],
  ["Hi {{ member.name", "Hi {{ member.name }}"],
  ["{% if member.name }Hi{% endif %}", "{% if member.name %}Hi{% endif %}"],
  ["{% if member.name %}Hi {{ member.name }}", "{% if member.name %}Hi {{ member.name }}{% endif %}"],
  ["Hi{% endif %} there", "Hi there"],
  ["{{ event.total | mony }}", "{{ event.total | money }}"],
  ['{% if member.tier = "gold" %}Hi{% endif %}', '{% if member.tier == "gold" %}Hi{% endif %}'],
];

describe("a slip in a template", () => {
  it.each(SLIPS)("%s becomes %s", (slip, right) => {
    expect(templateMistake(slip)).toBeDefined();
    expect(mend(slip)).toBe(right);
    expect(templateMistake(right)).toBeUndefined();
  });

  it("is not seen where there is none", () => {
    for (const right of [
      "Hi {{ member.name }}!",
      "{% for coupon in coupons %}{{ coupon.code | upcase }} {% endfor %}",
      '{% if member.points >= 100 and member.tier != "basic" %}{{ "now" | date: "%Y" }}{% else %}…{% endif %}',
      "a { b } 100 % {{ coupon.link }}",
    ])
      expect(mend(right)).toBe(right);
  });

  it("that leaves open what was meant is left alone", () => {
    expect(mend("{{ event.total | frobnicate }}")).toBe("{{ event.total | frobnicate }}");
    expect(templateMistake(mend("{% frob %}"))).toBeDefined();
  });

  it("does not hide another", () => {
    const found = templateMistakes("Hi {{ member.name }, {{ event.total | mony }} and {{ membr.tier }}").map(
      ({ en }) => en,
    );
    expect(found).toHaveLength(3);
    expect(found[0]).toContain("often a }} or %} is missing");
    expect(found[1]).toContain("no filter “mony”");
    expect(found[2]).toContain("membr");
    expect(templateMistakes("{{ member.nme }} {{ member.nme }} {{ stor.name }}")).toHaveLength(2);
    expect(templateMistakes("Hi {{ member.name }}")).toEqual([]);
  });

  it("is told in both languages, by what was written and what would be right", () => {
    expect(templateMistake("Hi {{ member.name }, come in")?.en).toContain("a value ends with }}");
    expect(templateMistake("{% if member.name %}Hi")?.["zh-CN"]).toContain("{% endif %}");
    expect(templateMistake("{{ a | frob }}")?.en).toContain("no filter “frob”");
    expect(templateMistake("x{% endif %}")?.["zh-CN"]).toContain("没有对应的 {% if … %}");
    expect(templateMistake("{% frob %}")?.["zh-CN"]).toContain("没有“frob”这个标签");
    expect(templateMistake("{{ member.name }, {% if a %}b{% endif %} {{ c }}")?.en).toContain("is missing");
    expect(templateMistake("{{ event.at | date '%Y' }}")?.["zh-CN"]).toContain("冒号之后");
    expect(templateMistake("{{ }}")?.en).toContain("is empty");
  });
});
