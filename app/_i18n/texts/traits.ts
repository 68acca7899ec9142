import { area } from "../area";

/** What events say of a member, by the names that programs use. */
export const traits = area({
  en: {
    name: "Name",
    phone: "Phone",
    email: "Email",
    gender: "Gender",
    birthday: "Birthday",
    locale: "Language",
    timezone: "Time zone",
    tier: "Tier",
    consent: "Consent",
    joined_at: "Joined",
    occupation: "Occupation",
    district: "District",
    previous_id: "Earlier id",
    source: "Source",
  },
  "zh-CN": {
    name: "姓名",
    phone: "手机",
    email: "邮箱",
    gender: "性别",
    birthday: "生日",
    locale: "语言",
    timezone: "时区",
    tier: "等级",
    consent: "同意",
    joined_at: "加入时间",
    occupation: "职业",
    district: "地区",
    previous_id: "原标识",
    source: "来源",
  },
});
