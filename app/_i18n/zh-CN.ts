import type { Messages } from "./en";
import { areas } from "./texts/registry";

/** 全部简体中文文案。 */
export const zhCN = Object.fromEntries(
  Object.entries(areas).map(([name, texts]) => [name, texts["zh-CN"]]),
) as unknown as Messages;
