import { z } from "zod";
import { Category } from "../../message/settings";
import { field } from "./field";

/** What every node that sends may say of its messages besides their content. */
export const sendFields = {
  category: field(Category.or(z.literal("")).optional(), {
    field: "text",
    label: { en: "Category", "zh-CN": "类别" },
    help: {
      en: "What it is about, like points or birthday: the settings can limit how often a category reaches a member. May be empty.",
      "zh-CN": "内容类别，如积分、生日；可在设置中限制每类消息触达会员的频次。可留空。",
    },
  }),
  quiet: field(z.enum(["settings", "hold", "drop"]).optional(), {
    field: "choice",
    label: { en: "In quiet hours", "zh-CN": "免打扰时段" },
    unset: "settings",
    options: [
      { value: "settings", label: { en: "As the settings say", "zh-CN": "按设置处理" } },
      { value: "hold", label: { en: "Wait until they end", "zh-CN": "等到时段结束" } },
      { value: "drop", label: { en: "Do not send", "zh-CN": "不再发送" } },
    ],
  }),
};

/** The same, for the effect: what is absent stays absent. */
export const sendOptions = ({
  category,
  quiet,
}: {
  category?: string | undefined;
  quiet?: "settings" | "hold" | "drop" | undefined;
}): { category?: string; quiet?: "hold" | "drop" } => ({
  ...(category !== undefined && category !== "" && { category }),
  ...(quiet !== undefined && quiet !== "settings" && { quiet }),
});
