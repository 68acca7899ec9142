"use client";
import { NumberInput, Select, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useLocale } from "use-intl";
import type { EmailBlock } from "@/core/message/channels/email-blocks";
import { useT } from "../../../../_i18n/use-t";
import classes from "../../fields.module.css";
import type { EditorProps } from "../editor-props";
import { useSample } from "../preview/sample-of";
import { TemplateInput } from "../template-input";

/** A block that holds no others. */
type PlainBlock = Exclude<EmailBlock, { kind: "columns" }>;
type Props<B extends PlainBlock = PlainBlock> = {
  block: B;
  path: (string | number)[];
  error: EditorProps["error"];
  /** What can be done to the block, where its one field's line is its head. */
  tools?: ReactNode;
  onChange(block: EmailBlock): void;
};

/** What one block says. */
export function BlockFields({ block, ...rest }: Props) {
  const t = useT("designerFields");
  const mail = useT("designerMail");
  const { path, error, tools, onChange } = rest;
  switch (block.kind) {
    case "heading":
    case "text":
      return (
        <TemplateInput
          isBare
          tools={tools}
          label={t(`block.${block.kind}`)}
          multiline={block.kind === "text"}
          hasMarks={block.kind === "text"}
          value={block.text}
          error={error(...path, "text")}
          onChange={(text) => onChange({ ...block, text })}
        />
      );
    case "footer":
      return (
        <TemplateInput
          isBare
          tools={tools}
          label={mail("footer")}
          multiline
          hasMarks
          description={mail("footerHint")}
          value={block.text}
          error={error(...path, "text")}
          onChange={(text) => onChange({ ...block, text })}
        />
      );
    case "button":
      return (
        <>
          <TextInput
            size="xs"
            aria-label={t("buttonLabel")}
            placeholder={t("buttonLabel")}
            value={block.label}
            error={error(...path, "label")}
            onChange={(event) => onChange({ ...block, label: event.target.value })}
          />
          <TemplateInput
            label={t("buttonUrl")}
            placeholder="https://"
            value={block.url}
            error={error(...path, "url")}
            onChange={(url) => onChange({ ...block, url })}
          />
        </>
      );
    case "image":
      return <ImageFields block={block} {...rest} />;
    case "coupon":
      return <TicketFields block={block} {...rest} />;
    case "divider":
      return <p className={classes.hint}>{mail("dividerHint")}</p>;
    default:
      return block satisfies never;
  }
}

/** Where the run holds several coupons, one chooses which of them the ticket is. */
function TicketFields({ block, onChange }: Props<Extract<EmailBlock, { kind: "coupon" }>>) {
  const t = useT("designerFields");
  const mail = useT("designerMail");
  const locale = useLocale();
  const { coupons } = useSample().scopes[locale];
  const count = Math.max(coupons.length, (block.at ?? -1) + 1);
  if (count < 2) return <div className={classes.ticket}>{t("couponHint")}</div>;
  return (
    <Select
      size="xs"
      label={mail("ticket")}
      description={mail("ticketHint")}
      allowDeselect={false}
      comboboxProps={{ zIndex: 200 }}
      data={[
        { value: LAST, label: mail("ticketLast") },
        ...Array.from({ length: count }, (_, at) => ({
          value: String(at),
          label: mail("ticketAt", { number: String(at + 1), name: coupons[at]?.name ?? "…" }),
        })),
      ]}
      value={block.at === undefined ? LAST : String(block.at)}
      onChange={(next) =>
        onChange(next === null || next === LAST ? { kind: "coupon" } : { kind: "coupon", at: Number(next) })
      }
      data-testid="ticket"
    />
  );
}

const LAST = "last";

function ImageFields({ block, path, error, onChange }: Props<Extract<EmailBlock, { kind: "image" }>>) {
  const mail = useT("designerMail");
  return (
    <>
      <TemplateInput
        label={mail("imageUrl")}
        placeholder="https://"
        value={block.url}
        error={error(...path, "url")}
        onChange={(url) => onChange({ ...block, url })}
      />
      <TemplateInput
        label={mail("imageAlt")}
        description={mail("imageAltHint")}
        value={block.alt}
        error={error(...path, "alt")}
        onChange={(alt) => onChange({ ...block, alt })}
      />
      <TemplateInput
        label={mail("imageLink")}
        placeholder="https://"
        description={mail("imageLinkHint")}
        value={block.link ?? ""}
        error={error(...path, "link")}
        onChange={(link) => onChange({ ...block, link: link || undefined })}
      />
      <NumberInput
        size="xs"
        label={mail("imageWidth")}
        description={mail("imageWidthHint")}
        suffix=" px"
        min={16}
        max={600}
        clampBehavior="blur"
        allowDecimal={false}
        allowNegative={false}
        value={block.width ?? ""}
        error={error(...path, "width")}
        onChange={(width) => onChange({ ...block, width: typeof width === "number" ? width : undefined })}
      />
    </>
  );
}
