"use client";
import { useContext } from "react";
import { useT } from "../../_i18n/use-t";
import { nodeOf } from "../edit/place";
import { drawn } from "../store/designer";
import { useDesigner } from "../store/use-designer";
import { useName } from "../use-says";
import { StandingContext } from "./standing";

/** Who waits at a step and where they go when the draft is published, in words; undefined where nobody does. */
export function useFate(): (node: string) => string | undefined {
  const t = useT("designerCompare");
  const nameOf = useName();
  const standing = useContext(StandingContext);
  const document = useDesigner(drawn);
  const from = useDesigner((state) => state.sides?.from);
  return (node) => {
    const here = standing.get(node);
    if (!here) return undefined;
    const { fate, count } = here;
    const target = fate.is === "move" ? nodeOf(document, fate.to) : undefined;
    const to =
      fate.is === "move"
        ? fate.to === node
          ? t("fate.same")
          : t("fate.move", { name: target ? nameOf(target) : fate.to })
        : t(`fate.${fate.is}`, { version: String(from ?? "") });
    return `${t("waiting", { count })} → ${to}`;
  };
}
