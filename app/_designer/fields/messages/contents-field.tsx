"use client";
import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { channels } from "@/core/message/channels/registry";
import { useSay } from "../../shelf";
import { useDesigner } from "../../store/use-designer";
import type { FieldProps } from "../field-props";
import classes from "../fields.module.css";
import { readChannels } from "./channels-field";
import { ContentField } from "./content-field";

/** What a message says on each of the node's channels, one at a time. */
export function ContentsField(props: FieldProps) {
  const say = useSay();
  const order = readChannels(props.config.channels);
  const path = useDesigner((state) => state.path);
  const [chosen, setChosen] = useState(order[0]);
  const [seen, setSeen] = useState(path);
  if (path !== seen) {
    setSeen(path);
    const jumped = order.find((channel) => channel === path?.[1]);
    if (jumped) setChosen(jumped);
  }
  const channel = order.find((one) => one === chosen) ?? order[0];
  if (!channel) return null;
  return (
    <div className={classes.stack}>
      {order.length > 1 && (
        <SegmentedControl
          fullWidth
          aria-label={say(props.meta.label)}
          data={order.map((one) => ({ value: one, label: say(channels[one].name) }))}
          value={channel}
          onChange={(next) => setChosen(order.find((one) => one === next))}
        />
      )}
      <ContentField key={channel} {...props} config={{ ...props.config, channel }} />
    </div>
  );
}
