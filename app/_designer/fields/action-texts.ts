import { area } from "../../_i18n/area";

/** Texts of the fields that only actions have. */
export const designerActions = area({
  en: {
    change: { value: "a fixed value", event: "the event’s property", add: "plus", unset: "nothing (clear it)" },
    changeHow: "How it changes",
    value: "Value",
    type: { text: "Text", number: "Number", boolean: "Yes / no" },
    typeOf: "Kind of value",
    yes: "yes",
    no: "no",
    property: "Property",
    by: "Adds (negative takes away)",
    chooseTier: "Choose or type a tier",
    end: { open: "for good", after: "for a time", on: "until a day" },
    length: "For",
    day: "Last day",
  },
  "zh-CN": {
    change: { value: "固定值", event: "事件的属性", add: "累加", unset: "清除" },
    changeHow: "如何变化",
    value: "值",
    type: { text: "文本", number: "数字", boolean: "是 / 否" },
    typeOf: "值的类型",
    yes: "是",
    no: "否",
    property: "属性",
    by: "增加（负数为减少）",
    chooseTier: "选择或输入等级",
    end: { open: "长期", after: "一段时间", on: "到某一天" },
    length: "为期",
    day: "最后一天",
  },
});
