import { area } from "../../_i18n/area";

/** Texts of the fields that only triggers have. */
export const designerEntries = area({
  en: {
    chooseSegment: "Choose a segment",
    noSegments: "No segment is called that.",
    segmentGone: "This segment is no longer here.",
  },
  "zh-CN": {
    chooseSegment: "选择分群",
    noSegments: "没有匹配的分群。",
    segmentGone: "该分群已不存在。",
  },
});
