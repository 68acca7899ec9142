"use client";
import { Button, Popover, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { ChannelKind, Purpose } from "@/core/message/channel";
import type { Locale } from "@/core/text";
import { useT } from "../../../../_i18n/use-t";
import { ApiError } from "../../../../_ui/api";
import { Icon } from "../../../../_ui/icons";
import { useApi } from "../../../../_ui/workspace";
import { useDesigner } from "../../../store/use-designer";
import { useSample } from "./sample-of";

const KEPT = "regulars.test-to.";

/** Sends what is drawn to an address of one's own; the address is remembered in this browser. */
export function TestSend({
  channel,
  content,
  locale,
  purpose,
}: {
  channel: ChannelKind;
  content: Record<string, unknown>;
  locale: Locale;
  purpose: Purpose;
}) {
  const p = useT("designerPreview");
  const api = useApi();
  const member = useDesigner((state) => state.previewAs?.id);
  const { asked } = useSample();
  const [isOpen, setOpen] = useState(false);
  const [to, setTo] = useState("");
  const send = useMutation({
    mutationFn: () =>
      api.post<{ to: string }>("/messages/test", {
        channel,
        locale,
        purpose,
        content,
        ...asked,
        ...(channel !== "push" && { to }),
        ...(member && { member }),
      }),
    onSuccess: (sent) => {
      remember(channel, to);
      setOpen(false);
      notifications.show({ id: "test-sent", message: p("sent", { to: sent.to }), autoClose: 5000 });
    },
  });
  const reason = send.error instanceof ApiError ? (send.error.detail ?? send.error.code) : undefined;
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="top-end"
      width={300}
      shadow="md"
      trapFocus
      returnFocus
      zIndex={310}
    >
      <Popover.Target>
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<Icon name="send" size={14} />}
          onClick={() => {
            setTo(remembered(channel));
            send.reset();
            setOpen((was) => !was);
          }}
          data-testid="test-send"
        >
          {p("test")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          style={{ display: "grid", gap: 10 }}
          onSubmit={(event) => {
            event.preventDefault();
            event.stopPropagation();
            send.mutate();
          }}
        >
          {channel === "push" ? (
            <Text size="sm">{p("testPush")}</Text>
          ) : (
            <TextInput
              data-autofocus
              type={channel === "sms" ? "tel" : "email"}
              label={p(channel === "sms" ? "testPhone" : "testEmail")}
              value={to}
              required
              onChange={(event) => setTo(event.target.value)}
            />
          )}
          <Text size="xs" c="dimmed">
            {p("testHint")}
          </Text>
          {send.isError && (
            <Text size="sm" c="danger" role="alert">
              {p("notSent", { reason: reason ?? String(send.error) })}
            </Text>
          )}
          <Button type="submit" loading={send.isPending} data-testid="test-send-now">
            {p("send")}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}

function remembered(channel: ChannelKind): string {
  try {
    return localStorage.getItem(KEPT + channel) ?? "";
  } catch {
    return "";
  }
}

function remember(channel: ChannelKind, to: string): void {
  try {
    localStorage.setItem(KEPT + channel, to);
  } catch {
    // private windows: it is typed again
  }
}
