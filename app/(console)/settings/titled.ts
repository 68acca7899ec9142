import type { Metadata } from "next";
import { serverT } from "../../_i18n/locale";
import type { parts } from "./parts";

/** The window's title of a part: "Quiet hours · Settings". */
export async function titled(part: (typeof parts)[number]["key"]): Promise<Metadata> {
  const t = await serverT("settings");
  return { title: `${t(`parts.${part}`)} · ${t("title")}` };
}
