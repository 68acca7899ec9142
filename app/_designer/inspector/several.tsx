"use client";
import { ActionIcon, Button, Tooltip } from "@mantine/core";
import {
  IconLayoutAlignBottom,
  IconLayoutAlignCenter,
  IconLayoutAlignLeft,
  IconLayoutAlignMiddle,
  IconLayoutAlignRight,
  IconLayoutAlignTop,
  IconLayoutDistributeHorizontal,
  IconLayoutDistributeVertical,
} from "@tabler/icons-react";
import { useReactFlow } from "@xyflow/react";
import { useT } from "../../_i18n/use-t";
import { Icon } from "../../_ui/icons";
import { type Axis, aligned, distributed, type Side } from "../edit/arrange";
import { isNote } from "../edit/notes";
import type { Point } from "../edit/place";
import { useCommands } from "../store/use-commands";
import { useDesigner, useEditor } from "../store/use-designer";
import classes from "./inspector.module.css";
import { PanelHead } from "./panel-head";

const SIDES: { side: Side; icon: typeof IconLayoutAlignLeft }[] = [
  { side: "left", icon: IconLayoutAlignLeft },
  { side: "centre", icon: IconLayoutAlignCenter },
  { side: "right", icon: IconLayoutAlignRight },
  { side: "top", icon: IconLayoutAlignTop },
  { side: "middle", icon: IconLayoutAlignMiddle },
  { side: "bottom", icon: IconLayoutAlignBottom },
];
const AXES: { axis: Axis; icon: typeof IconLayoutAlignLeft }[] = [
  { axis: "across", icon: IconLayoutDistributeHorizontal },
  { axis: "down", icon: IconLayoutDistributeVertical },
];

/** What can be done with several steps, or with notes. */
export function Several() {
  const t = useT("designer");
  const c = useT("designerCanvas");
  const k = useT("designerCommands");
  const commands = useCommands();
  const { getNodes } = useReactFlow();
  const { select } = useEditor();
  const selected = useDesigner((state) => state.selected);
  const steps = selected.filter((id) => !isNote(id));
  const arrange = (work: (boxes: Parameters<typeof aligned>[0]) => Record<string, Point>) => {
    const cards = getNodes().filter(({ id }) => !isNote(id));
    const boxes = cards
      .filter(({ id }) => steps.includes(id))
      .map(({ id, position, width = 0, height = 0 }) => ({ id, ...position, width, height }));
    commands.place(Object.fromEntries(cards.map(({ id, position }) => [id, position])), work(boxes));
  };
  const tool = (label: string, Sign: typeof IconLayoutAlignLeft, isOff: boolean, work: () => void) => (
    <Tooltip key={label} label={label} position="bottom">
      <ActionIcon variant="subtle" color="gray" size={32} aria-label={label} disabled={isOff} onClick={work}>
        <Sign size={18} />
      </ActionIcon>
    </Tooltip>
  );
  return (
    <aside
      className={`${classes.panel} ${classes.few}`}
      data-inspector
      data-testid="several"
      aria-label={t("node.settings")}
    >
      <PanelHead
        title={
          steps.length > 0
            ? t("node.multi", { count: String(steps.length) })
            : c("noteSelected", { count: selected.length })
        }
        onClose={() => select([])}
      />
      <div className={classes.body}>
        {steps.length > 1 && (
          <>
            <p className={classes.hint}>{t("node.multiHint")}</p>
            <div className={classes.arrange} role="toolbar" aria-label={c("align.title")}>
              {SIDES.map(({ side, icon }) =>
                tool(c(`align.${side}`), icon, false, () => arrange((boxes) => aligned(boxes, side))),
              )}
              <i />
              {AXES.map(({ axis, icon }) =>
                tool(c(`align.${axis}`), icon, steps.length < 3, () => arrange((boxes) => distributed(boxes, axis))),
              )}
            </div>
          </>
        )}
        <Button
          variant="default"
          color="danger"
          leftSection={<Icon name="remove" size={16} />}
          onClick={() => commands.remove()}
        >
          {k("remove")}
        </Button>
      </div>
    </aside>
  );
}
