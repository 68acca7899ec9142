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
    started: "{count, plural, one {# event “{event}”} other {# events “{event}”}} in 30 days would have started it.",
    startedOf:
      "{count, plural, one {# event “{event}”} other {# events “{event}”}} in 30 days would have started it, of {members, plural, one {# member} other {# members}}.",
    startedAbout: "About {count, number} events “{event}” in 30 days would have started it (estimate).",
    startedAboutOf:
      "About {count, number} events “{event}” in 30 days would have started it, of about {members, plural, one {# member} other {# members}} (estimate).",
    startedNone: "No event “{event}” of the last 30 days would have started it.",
    startedSince: "Events are known since {date} only.",
    startedAtMost: "Its conditions on the member are not looked at here: fewer may enter.",
    startedPart: "Only the newest of very many were looked through: there are more.",
  },
  "zh-CN": {
    counting: "计算中…",
    exact: "当前 {of} 名会员中有 {count} 名",
    about: "约 {count} 名（共 {of} 名会员）",
    error: "估算，±{error}",
    exactFollows: "估算，±{error}；稍后给出精确数",
    part: "只统计对会员的条件；对事件的条件在事件发生时判断。",
    nobody: "目前没有会员符合这些条件。",
    started: "近 30 天有 {count, plural, other {#}} 个“{event}”事件会触发此旅程。",
    startedOf:
      "近 30 天有 {count, plural, other {#}} 个“{event}”事件会触发此旅程，涉及 {members, plural, other {#}} 名会员。",
    startedAbout: "近 30 天约有 {count, number} 个“{event}”事件会触发此旅程（估算）。",
    startedAboutOf:
      "近 30 天约有 {count, number} 个“{event}”事件会触发此旅程，涉及约 {members, plural, other {#}} 名会员（估算）。",
    startedNone: "近 30 天没有会触发此旅程的“{event}”事件。",
    startedSince: "事件记录始于 {date}。",
    startedAtMost: "此处未判断对会员的条件，实际进入的可能更少。",
    startedPart: "事件很多，只查看了最近的一部分，实际更多。",
  },
});
