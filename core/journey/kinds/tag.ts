import { z } from "zod";
import type { NodeKind } from "../kind";
import { field } from "../parts/field";

const Config = z.strictObject({
  action: field(z.enum(["add", "remove"]), {
    field: "choice",
    label: { en: "Do", "zh-CN": "操作" },
    options: [
      { value: "add", label: { en: "Add", "zh-CN": "添加" } },
      { value: "remove", label: { en: "Remove", "zh-CN": "移除" } },
    ],
  }),
  tag: field(z.string().trim().min(1, "name the tag").max(60), { field: "tag", label: { en: "Tag", "zh-CN": "标签" } }),
});
type Config = z.infer<typeof Config>;

export const tag: NodeKind<Config> = {
  family: "action",
  icon: "tag",
  name: { en: "Tag", "zh-CN": "打标签" },
  about: { en: "Puts a tag on the member, or takes one off.", "zh-CN": "为会员添加或移除一个标签。" },
  config: Config,
  initial: { action: "add", tag: "coupon user" },
  blank: { tag: "" },
  ports: () => [{ id: "next", name: { en: "then", "zh-CN": "然后" } }],
  says: (config) => ({
    text:
      config.action === "add"
        ? { en: "Tag “{tag}”", "zh-CN": "添加标签“{tag}”" }
        : { en: "Remove tag “{tag}”", "zh-CN": "移除标签“{tag}”" },
    values: { tag: { as: "text", text: config.tag } },
  }),
  compile: (config) => ({
    start: {
      op: "apply",
      effects: [{ type: config.action === "add" ? "addTag" : "removeTag", tag: config.tag }],
      done: { port: "next" },
      refused: {},
    },
  }),
};
