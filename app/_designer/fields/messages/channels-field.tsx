"use client";
import { Button, Group, Input } from "@mantine/core";
import { CHANNELS, type ChannelKind } from "@/core/message/channel";
import { channels } from "@/core/message/channels/registry";
import { useT } from "../../../_i18n/use-t";
import { Icon } from "../../../_ui/icons";
import { useSay } from "../../shelf";
import type { FieldProps } from "../field-props";
import classes from "../fields.module.css";
import { RowButtons } from "../lists/row-buttons";

/** The channels that a value names, in its order. */
export const readChannels = (value: unknown): ChannelKind[] =>
  Array.isArray(value) ? value.flatMap((one: unknown) => CHANNELS.find((channel) => channel === one) ?? []) : [];

/** Channels in the order in which they are tried. */
export function ChannelsField({ meta, value, error, onChange }: FieldProps) {
  const t = useT("designerActions");
  const say = useSay();
  const order = readChannels(value);
  const others = CHANNELS.filter((channel) => !order.includes(channel));
  return (
    <Input.Wrapper label={say(meta.label)} description={meta.help && say(meta.help)} error={error} labelElement="div">
      <div className={classes.stack}>
        {order.map((channel, i) => (
          <Group key={channel} gap={6} wrap="nowrap" className={classes.box} data-testid={`channel-${channel}`}>
            <Icon name={channels[channel].icon} size={16} />
            <span className={classes.grow}>{say(channels[channel].name)}</span>
            <RowButtons
              rows={order}
              at={i}
              name={say(channels[channel].name)}
              remove={t("without")}
              onChange={onChange}
            />
          </Group>
        ))}
        <Group gap={6}>
          {others.map((channel) => (
            <Button
              key={channel}
              size="compact-sm"
              variant="light"
              leftSection={<Icon name="add" size={14} />}
              onClick={() => onChange([...order, channel])}
            >
              {say(channels[channel].name)}
            </Button>
          ))}
        </Group>
      </div>
    </Input.Wrapper>
  );
}
