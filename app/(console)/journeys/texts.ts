import { area } from "../../_i18n/area";

export const journeys = area({
  en: {
    title: "Journeys", lead: "When something happens, if something holds, do that: each journey is a drawing that runs.", search: "Search journeys", state: "State", every: "All states",
    create: "New journey", blank: "Empty journey", blankHint: "Begins with an event; you draw the rest.", recipe: "From a recipe …", recipeHint: "Complete journeys that work; make one your own.", gallery: "Recipes", use: "Use this recipe", offersMade: "Offers it gives that you do not have yet are made too.", picture: "Drawing of “{name}”", steps: "{count, plural, one {# step} other {# steps}}", import: "Import a file …", importHint: "A journey as JSON, exported here or written by hand.", untitled: "New journey",
    name: "Journey", starts: "Starts when", now: "On the way", failed: "Failed", week: "Entered, 7 days", goals: "Goals, 7 days", changed: "Changed", unpublished: "unpublished changes",
    open: "Open", duplicate: "Duplicate", export: "Export as JSON", archive: "Archive", archived: "“{name}” is archived", duplicated: "“{name}” was made", actions: "Actions for “{name}”",
    emptyTitle: "No journeys yet", empty: "A journey watches for an event, decides, waits and acts: coupon, points, message. Draw your first one; nothing happens until you publish it.",
    badFile: "This file is no journey", badFileHint: "It should be a JSON document with name, entry, nodes and edges. {reason}", imported: "“{name}” was imported as a draft",
  },
  "zh-CN": {
    title: "旅程", lead: "当某事发生，若满足条件，就做某事：每个旅程都是一张会运行的图。", search: "搜索旅程", state: "状态", every: "全部状态",
    create: "新建旅程", blank: "空白旅程", blankHint: "从一个事件开始，其余由您来画。", recipe: "从配方新建…", recipeHint: "完整可用的旅程，改成您自己的。", gallery: "配方", use: "使用此配方", offersMade: "配方所需而您还没有的优惠会一并创建。", picture: "“{name}”的画布", steps: "{count, plural, other {# 个步骤}}", import: "导入文件…", importHint: "JSON 格式的旅程，可由此导出或手写。", untitled: "新旅程",
    name: "旅程", starts: "触发时机", now: "途中", failed: "失败", week: "近 7 天进入", goals: "近 7 天达成目标", changed: "修改时间", unpublished: "有未发布的修改",
    open: "打开", duplicate: "复制", export: "导出为 JSON", archive: "归档", archived: "“{name}”已归档", duplicated: "已创建“{name}”", actions: "“{name}”的操作",
    emptyTitle: "还没有旅程", empty: "旅程等待事件、作出判断、等待并行动：优惠券、积分、消息。先画一个吧，发布之前什么都不会发生。",
    badFile: "这个文件不是旅程", badFileHint: "应为包含 name、entry、nodes、edges 的 JSON 文档。{reason}", imported: "“{name}”已作为草稿导入",
  },
});
