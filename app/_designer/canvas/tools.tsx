"use client";
import { ActionIcon, Popover, Switch, Tooltip, VisuallyHidden } from "@mantine/core";
import { useStore } from "@xyflow/react";
import { memo } from "react";
import { useT } from "../../_i18n/use-t";
import { Icon } from "../../_ui/icons";
import { useKeysNamed } from "../../_ui/names/use-keys-named";
import { useSingleKeys } from "../../_ui/use-single-keys";
import { type Able, COMMANDS, type CommandId, shownKeys, withKeys } from "../commands/table";
import { isFixed } from "../store/designer";
import { useDesigner, useEditor } from "../store/use-designer";
import classes from "./tools.module.css";

/** What else the keyboard and the mouse do on the drawing: no commands, so nothing of it is offered elsewhere. */
const GESTURES = [
  ["walk", "↑ ↓ ← →"],
  ["open", "Enter"],
  ["pan", "Space"],
  ["branch", "Alt"],
  ["close", "Esc"],
] as const;

/** By itself: the buttons around it are not drawn again at each step of a zoom. */
function Zoom() {
  return <>{useStore((state) => Math.round(state.transform[2] * 100))}%</>;
}

/** Zoom, fit, tidy, find and the list of keys, at the canvas's lower left. */
export const Tools = memo(function Tools({
  able,
  isTidy,
}: {
  /** What can be done at the moment, with the keyboard where it is. */
  able(at: EventTarget | null): Able;
  isTidy: boolean;
}) {
  const t = useT("designer");
  const k = useT("designerCommands");
  const named = useKeysNamed();
  const isEditing = !useDesigner(isFixed);
  const { store } = useEditor();
  const isTelling = useDesigner((state) => state.telling);
  const [takesSingle, chooseSingle] = useSingleKeys();
  const tell = (telling: boolean) => store.setState({ telling });
  const does = (id: CommandId) => () => able(null)[id]?.();
  const tool = (id: CommandId, isOff = false) => {
    const keys = shownKeys(id, takesSingle);
    return (
      <Tooltip label={keys ? `${k(id)}  ${named(keys)}` : k(id)} position="top">
        <ActionIcon variant="subtle" color="gray" size={32} aria-label={k(id)} onClick={does(id)} disabled={isOff}>
          <Icon name={COMMANDS[id].icon} size={17} />
        </ActionIcon>
      </Tooltip>
    );
  };
  return (
    <div className={classes.tools} role="toolbar" aria-label={t("canvas")}>
      {tool("zoomOut")}
      <button type="button" className={classes.zoom} onClick={does("fit")}>
        <span>
          <Zoom />
        </span>
        <VisuallyHidden>: {k("fit")}</VisuallyHidden>
      </button>
      {tool("zoomIn")}
      {tool("fit")}
      <span className={classes.rule} />
      {isEditing && tool("tidy", isTidy)}
      {isEditing && tool("note")}
      {tool("find")}
      <Popover position="top-start" shadow="md" withArrow trapFocus returnFocus opened={isTelling} onChange={tell}>
        <Popover.Target>
          <ActionIcon variant="subtle" color="gray" size={32} aria-label={k("keys")} onClick={() => tell(!isTelling)}>
            <Icon name={COMMANDS.keys.icon} />
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown data-testid="keys">
          <dl className={classes.keys}>
            <Keys of={t("keyList.everything")} keys="Ctrl K" />
            {withKeys(takesSingle).map(([id, keys]) => (
              <Keys key={id} of={k(id)} keys={keys} />
            ))}
            {GESTURES.map(([name, keys]) => (
              <Keys key={name} of={t(`keyList.${name}`)} keys={keys} />
            ))}
          </dl>
          <p className={classes.hint}>{t("keyList.hang")}</p>
          <Switch
            size="xs"
            mt="xs"
            label={t("keyList.single")}
            description={t("keyList.singleHint")}
            checked={takesSingle}
            onChange={(event) => chooseSingle(event.currentTarget.checked)}
          />
        </Popover.Dropdown>
      </Popover>
    </div>
  );
});

function Keys({ of, keys }: { of: string; keys: string }) {
  const named = useKeysNamed();
  return (
    <div>
      <dt>{of}</dt>
      <dd>
        <kbd>{named(keys)}</kbd>
      </dd>
    </div>
  );
}
