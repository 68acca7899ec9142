import { area } from "../../_i18n/area";

/** Texts of the fields that only triggers have. */
export const designerEntries = area({
  en: {
    chooseSegment: "Choose a segment",
    noSegments: "No segment is called that.",
    segmentGone: "This segment is no longer here.",
    cron: {
      daily: "Every day at 10:00",
      weekly: "Every Monday at 10:00",
      monthly: "On the 1st of each month at 10:00",
      own: "Own schedule",
      fields: "Schedule in five fields",
      hint: "Minute, hour, day, month, weekday; 0 10 15 * * is 10:00 on the 15th.",
      next: "Comes next",
    },
  },
  "zh-CN": {
    chooseSegment: "选择分群",
    noSegments: "没有匹配的分群。",
    segmentGone: "该分群已不存在。",
    cron: {
      daily: "每天 10:00",
      weekly: "每周一 10:00",
      monthly: "每月 1 日 10:00",
      own: "自定义",
      fields: "五段式周期",
      hint: "分 时 日 月 周；0 10 15 * * 表示每月 15 日 10:00。",
      next: "接下来的时间",
    },
  },
});
