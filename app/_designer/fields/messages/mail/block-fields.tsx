"use client";
import { NumberInput, TextInput } from "@mantine/core";
import type { EmailBlock } from "@/core/message/channels/email-blocks";
import { useT } from "../../../../_i18n/use-t";
import classes from "../../fields.module.css";
import type { EditorProps } from "../editor-props";
import { TemplateInput } from "../template-input";

/** A block that holds no others. */
type PlainBlock = Exclude<EmailBlock, { kind: "columns" }>;
type Props<B extends PlainBlock = PlainBlock> = {
  block: B;
  path: (string | number)[];
  error: EditorProps["error"];
  onChange(block: EmailBlock): void;
};

/** What one block says. */
export function BlockFields({ block, ...rest }: Props) {
  const t = useT("designerFields");
  const mail = useT("designerMail");
  const { path, error, onChange } = rest;
  switch (block.kind) {
    case "heading":
    case "text":
      return (
        <TemplateInput
          isBare
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
      return <div className={classes.ticket}>{t("couponHint")}</div>;
    case "divider":
      return <p className={classes.hint}>{mail("dividerHint")}</p>;
    default:
      return block satisfies never;
  }
}

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
