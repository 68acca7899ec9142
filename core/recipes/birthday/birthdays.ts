import type { Text } from "../../text";

/** The group that the birthday recipes share: whoever got one gift does not get the other. */
export const BIRTHDAYS: Text = { en: "birthday gifts", "zh-CN": "生日礼" };
