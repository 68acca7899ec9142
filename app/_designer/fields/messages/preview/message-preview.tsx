"use client";
import { Group, Select } from "@mantine/core";
import { mentions } from "@/core/message/liquid-text";
import { useT } from "../../../../_i18n/use-t";
import { useShelf } from "../../../shelf";
import { useEditor } from "../../../store/use-designer";
import classes from "../../fields.module.css";
import { MailPreview } from "./mail-preview";
import { PreviewAs } from "./preview-as";
import { PushPreview } from "./push-preview";
import { useSample } from "./sample-of";
import { SmsPreview } from "./sms-preview";
import { TestSend } from "./test-send";
import type { PreviewProps } from "./use-rendered";

/** How the message will look: for a real member or an invented one, with the coupons of this journey; and a test to oneself. */
export function MessagePreview(props: PreviewProps) {
  const t = useT("designerFields");
  const p = useT("designerPreview");
  return (
    <section aria-label={t("preview")} data-testid="message-preview" className={classes.preview}>
      <Group gap={8} wrap="nowrap">
        <b className={classes.previewTitle}>{p("as")}</b>
        <PreviewAs />
      </Group>
      <Coupons content={props.content} />
      {props.channel === "email" ? (
        <MailPreview {...props} channel="email" />
      ) : props.channel === "sms" ? (
        <SmsPreview {...props} channel="sms" />
      ) : (
        <PushPreview {...props} channel="push" />
      )}
      <Group justify="flex-end">
        <TestSend {...props} />
      </Group>
    </section>
  );
}

const NONE = "none";

/** By which reward the member came, where several lead here; and that the coupon is invented, where none does. */
function Coupons({ content }: { content: Record<string, unknown> }) {
  const p = useT("designerPreview");
  const { store } = useEditor();
  const { offers: known } = useShelf();
  const { ways, by, asked } = useSample();
  if (!namesCoupon(content)) return null;
  if (asked.offers === undefined) return <p className={classes.hint}>{p("exampleCoupon")}</p>;
  if (ways.length < 2) return null;
  const called = (offers: string[]) =>
    offers.map((id) => known.find((offer) => offer.id === id)?.name ?? "…").join(" + ");
  return (
    <Group gap={8} wrap="nowrap">
      <b className={classes.previewTitle}>{p("with")}</b>
      <Select
        size="xs"
        flex={1}
        aria-label={p("with")}
        allowDeselect={false}
        data={ways.map((way) => ({
          value: way.by || NONE,
          label: way.by === "" ? p("noCoupon") : called(way.offers),
        }))}
        value={by || NONE}
        comboboxProps={{ zIndex: 310 }}
        onChange={(next) => store.setState({ previewBy: next === NONE || next === null ? "" : next })}
        data-testid="preview-with"
      />
    </Group>
  );
}

/** Whether a text of the content names a coupon, or a mail has a ticket. */
function namesCoupon(content: unknown): boolean {
  if (typeof content === "string") return mentions(content, "coupon");
  if (typeof content !== "object" || content === null) return false;
  return ("kind" in content && content.kind === "coupon") || Object.values(content).some(namesCoupon);
}
