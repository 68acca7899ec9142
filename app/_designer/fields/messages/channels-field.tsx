"use client";
import { ActionIcon, Button, Group, Input } from "@mantine/core";
import { IconChevronUp } from "@tabler/icons-react";
import { CHANNELS, type ChannelKind } from "@/core/message/channel";
import { channels } from "@/core/message/channels/registry";
import { useT } from "../../../_i18n/use-t";
import { Icon } from "../../../_ui/icons";
import { useSay } from "../../shelf";
import type { FieldProps } from "../field-props";
import classes from "../fields.module.css";

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
            <ActionIcon
              size={26}
              variant="subtle"
              color="gray"
              disabled={i === 0}
              aria-label={t("earlier", { channel: say(channels[channel].name) })}
              onClick={() => onChange(order.toSpliced(i, 1).toSpliced(i - 1, 0, channel))}
            >
              <IconChevronUp size={15} />
            </ActionIcon>
            <ActionIcon
              size={26}
              variant="subtle"
              color="gray"
              disabled={order.length === 1}
              aria-label={t("without", { channel: say(channels[channel].name) })}
              onClick={() => onChange(order.toSpliced(i, 1))}
            >
              <Icon name="close" size={15} />
            </ActionIcon>
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
