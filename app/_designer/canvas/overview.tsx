"use client";
import { MiniMap } from "@xyflow/react";
import { memo, useMemo } from "react";
import { useT } from "../../_i18n/use-t";
import { familyOf } from "../kinds";
import type { FlowNode } from "./flow/flow";
import classes from "./overview.module.css";

const SIZE = { width: 152, height: 104 };

/** The whole drawing at the canvas's lower right, and what of it is seen; `isBeside` the inspector, which is open. */
export const Overview = memo(function Overview({ isBeside }: { isBeside: boolean }) {
  const t = useT("designer");
  const style = useMemo(() => ({ ...SIZE, right: isBeside ? "calc(var(--inspector) + 12px)" : 0 }), [isBeside]);
  return (
    <MiniMap
      className={classes.map}
      pannable
      zoomable
      ariaLabel={t("map")}
      nodeClassName={colour}
      maskColor="color-mix(in srgb, var(--paper) 72%, transparent)"
      bgColor="var(--raised)"
      nodeBorderRadius={16}
      style={style}
    />
  );
});

const colour = (node: FlowNode): string =>
  (node.type === "card" && classes[familyOf(node.data.node.kind)]) || (classes.slip ?? "");
