"use client";
import { Tooltip } from "@mantine/core";
import { memo } from "react";
import { useT } from "../../_i18n/use-t";
import { nodeOf } from "../edit/place";
import { useDesigner, useEditor } from "../store/use-designer";
import { useName } from "../use-says";
import classes from "./here.module.css";
import { hueOf, initial, usePeople } from "./people";

const SHOWN = 4;

/** Who else has this journey open; a click goes to the step they are at. */
export const Here = memo(function Here({ onShow, isBeside }: { onShow(id: string): void; isBeside: boolean }) {
  const c = useT("designerCanvas");
  const { store } = useEditor();
  const nameOf = useName();
  const all = usePeople();
  const document = useDesigner((state) => state.document);
  if (all.length === 0) return null;
  const shown = all.slice(0, SHOWN);
  return (
    <ul
      className={classes.here}
      aria-label={c("presence.here")}
      data-testid="presence"
      data-beside={isBeside || undefined}
    >
      {shown.map((one) => {
        const step = one.selected.map((id) => nodeOf(document, id)).find((node) => node !== undefined);
        const says = step
          ? c("presence.at", { name: one.name, step: nameOf(step) })
          : c("presence.looks", { name: one.name });
        return (
          <li key={one.person}>
            <Tooltip label={says}>
              <button
                type="button"
                className={classes.face}
                data-hue={hueOf(one.hue)}
                aria-label={says}
                onClick={() => {
                  if (!step) return;
                  store.setState({ panel: undefined });
                  onShow(step.id);
                }}
              >
                {initial(one.name)}
              </button>
            </Tooltip>
          </li>
        );
      })}
      {all.length > SHOWN && (
        <li className={classes.more} title={c("presence.more", { count: String(all.length - SHOWN) })}>
          +{all.length - SHOWN}
        </li>
      )}
    </ul>
  );
});
