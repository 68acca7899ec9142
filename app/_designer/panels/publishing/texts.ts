import { area } from "../../../_i18n/area";

/** Texts of the publish dialog about what it foresees: whether that could be read, and what others changed meanwhile. */
export const designerPublish = area({
  en: {
    title: "Publish",
    again: "Version {version} again",
    changedBy: "{name} changed the journey meanwhile: look again before you decide.",
    changedBySomebody: "Somebody changed the journey meanwhile: look again before you decide.",
    changedByYou: "You changed the journey in another window meanwhile: look again before you decide.",
    unseen: "What publishing would do could not be read, so nothing can be published yet",
    retry: "Try again",
    unsaved: "What is drawn here is not saved yet. It can be published once it is.",
    sameAsEarlier:
      "The drawing is the same as version {version}: that version becomes current again, and no new number is given.",
  },
  "zh-CN": {
    title: "发布",
    again: "重新启用第 {version} 版",
    changedBy: "{name} 刚刚修改了此旅程：请重新查看后再决定。",
    changedBySomebody: "有人刚刚修改了此旅程：请重新查看后再决定。",
    changedByYou: "您刚刚在另一个窗口修改了此旅程：请重新查看后再决定。",
    unseen: "未能读取发布的影响，暂时不能发布",
    retry: "重试",
    unsaved: "此处的画布尚未保存，保存后即可发布。",
    sameAsEarlier: "画布与第 {version} 版相同：该版本将重新成为当前版本，不会产生新的版本号。",
  },
});
