import { areas } from "./texts/registry";

type Areas = typeof areas;
/** All English texts: the reference for keys. */
export const en = Object.fromEntries(Object.entries(areas).map(([name, texts]) => [name, texts.en])) as {
  [K in keyof Areas]: Areas[K]["en"];
};
export type Messages = typeof en;
