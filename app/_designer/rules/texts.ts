import { area } from "../../_i18n/area";

export const designerRules = area({
  en: {
    counting: "Counting …",
    exact: "{count} of {of} members now",
    about: "about {count} of {of} members",
    error: "estimate, ± {error}",
    exactFollows: "estimate, ± {error}; the exact number follows",
    part: "Counting only what is asked of the member; what is asked of the event shows when it happens.",
    nobody: "Nobody fits these conditions now.",
    membersWith: "{count} members",
  },
  "zh-CN": {
    counting: "计算中…",
    exact: "当前 {of} 名会员中有 {count} 名",
    about: "约 {count} 名（共 {of} 名会员）",
    error: "估算，±{error}",
    exactFollows: "估算，±{error}；稍后给出精确数",
    part: "只统计对会员的条件；对事件的条件在事件发生时判断。",
    nobody: "目前没有会员符合这些条件。",
    membersWith: "{count} 名会员",
  },
});
