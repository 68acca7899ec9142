"use client";
import { ActionIcon, Popover, Tooltip } from "@mantine/core";
import {
  IconArrowsMaximize,
  IconKeyboard,
  IconLayoutDistributeHorizontal,
  IconMinus,
  IconNote,
  IconPlus,
  IconSearch,
} from "@tabler/icons-react";
import { useStore } from "@xyflow/react";
import { memo, type ReactNode } from "react";
import { useT } from "../../_i18n/use-t";
import { useKeysNamed } from "../../_ui/names/use-keys-named";
import { isFixed } from "../store/designer";
import { useCommands } from "../store/use-commands";
import { useDesigner, useEditor } from "../store/use-designer";
import classes from "./tools.module.css";
import type { View } from "./use-keys";

const KEYS = [
  ["undo", "Ctrl Z · Ctrl ⇧ Z"],
  ["clipboard", "Ctrl C X V D"],
  ["all", "Ctrl A"],
  ["find", "Ctrl F"],
  ["walk", "↑ ↓ ← →"],
  ["open", "Enter"],
  ["add", "N"],
  ["replace", "R"],
  ["rename", "F2"],
  ["remove", "Del"],
  ["zoom", "+ − 0"],
  ["pan", "Space"],
  ["tidy", "T"],
  ["close", "Esc"],
] as const;
const MORE = [
  ["fold", "B"],
  ["note", "M"],
  ["branch", "Alt"],
] as const;

/** Zoom, fit, tidy, find and the list of keys, at the canvas's lower left. */
export const Tools = memo(function Tools({ view, isTidy }: { view: View; isTidy: boolean; isBeside: boolean }) {
  const t = useT("designer");
  const c = useT("designerCanvas");
  const named = useKeysNamed();
  const commands = useCommands();
  const { store } = useEditor();
  const isEditing = !useDesigner(isFixed);
  const zoom = useStore((state) => Math.round(state.transform[2] * 100));
  const tool = (label: string, icon: ReactNode, work: () => void, isOff = false, keys?: string) => (
    <Tooltip label={keys ? `${label}  ${named(keys)}` : label} position="top">
      <ActionIcon variant="subtle" color="gray" size={32} aria-label={label} onClick={work} disabled={isOff}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
  return (
    <div className={classes.tools} role="toolbar" aria-label={t("canvas")}>
      {tool(t("zoomOut"), <IconMinus size={17} />, view.zoomOut, false, "−")}
      <button type="button" className={classes.zoom} onClick={view.fit} aria-label={t("fit")}>
        {zoom}%
      </button>
      {tool(t("zoomIn"), <IconPlus size={17} />, view.zoomIn, false, "+")}
      {tool(t("fit"), <IconArrowsMaximize size={17} />, view.fit, false, "0")}
      <span className={classes.rule} />
      {isEditing && tool(t("tidy"), <IconLayoutDistributeHorizontal size={17} />, commands.tidy, isTidy, "T")}
      {isEditing && tool(c("keys.note"), <IconNote size={17} />, () => commands.stick(view.middle()), false, "M")}
      {tool(t("find"), <IconSearch size={17} />, () => store.setState({ finding: true }), false, "Ctrl F")}
      <Popover position="top-start" shadow="md" withArrow>
        <Popover.Target>
          <ActionIcon variant="subtle" color="gray" size={32} aria-label={t("keys")}>
            <IconKeyboard size={18} />
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown>
          <dl className={classes.keys}>
            {KEYS.map(([name, keys]) => (
              <div key={name}>
                <dt>{t(`keyList.${name}`)}</dt>
                <dd>
                  <kbd>{named(keys)}</kbd>
                </dd>
              </div>
            ))}
            {MORE.map(([name, keys]) => (
              <div key={name}>
                <dt>{c(`keys.${name}`)}</dt>
                <dd>
                  <kbd>{named(keys)}</kbd>
                </dd>
              </div>
            ))}
          </dl>
          <p className={classes.hint}>{c("keys.hang")}</p>
        </Popover.Dropdown>
      </Popover>
    </div>
  );
});
