"use client";
import { useMemo } from "react";
import { useFormatter } from "use-intl";
import { useT } from "../../../_i18n/use-t";
import { readerOf } from "../../reader";
import type { Shelf } from "../../shelf";
import { nameFor } from "../../use-says";
import type { Words } from "./tell";

const MOST_NAMED = 4;
/** What a step does may itself quote something. */
const quoted = (name: string): string => (name.includes("“") ? name : `“${name}”`);

/** The reader's words for what became of a drawing that was joined with another; of many steps the first are named. */
export function useWords(shelf: Shelf): Words {
  const t = useT("designer");
  const format = useFormatter();
  return useMemo(() => {
    const nameOf = nameFor(readerOf(shelf));
    const list = (names: string[]) => format.list(names, { type: "conjunction", style: "narrow" });
    return {
      t,
      list,
      steps: (nodes) => {
        const what = list(nodes.slice(0, MOST_NAMED).map((node) => quoted(nameOf(node))));
        const count = nodes.length - MOST_NAMED;
        return count > 0 ? t("conflict.andMore", { what, count }) : what;
      },
    };
  }, [format, shelf, t]);
}
