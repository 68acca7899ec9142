"use client";
import { Button, Group, TextInput } from "@mantine/core";
import { IconCode } from "@tabler/icons-react";
import type { EmailBlock } from "@/core/message/channels/email";
import { useT } from "../../../_i18n/use-t";
import { Icon, type IconName } from "../../../_ui/icons";
import classes from "../fields.module.css";
import { RowButtons } from "../lists/row-buttons";
import type { EditorProps } from "./editor-props";
import { mjmlOf } from "./mjml-of";
import { TemplateInput } from "./template-input";

const BLOCKS: { kind: EmailBlock["kind"]; icon: IconName; fresh: EmailBlock }[] = [
  { kind: "heading", icon: "edit", fresh: { kind: "heading", text: "" } },
  { kind: "text", icon: "messages", fresh: { kind: "text", text: "" } },
  { kind: "coupon", icon: "coupon", fresh: { kind: "coupon" } },
  { kind: "button", icon: "go", fresh: { kind: "button", label: "", url: "" } },
];

const isBlock = (value: unknown): value is EmailBlock =>
  typeof value === "object" && value !== null && "kind" in value && BLOCKS.some((block) => block.kind === value.kind);

/** A mail: subject, preview line, and a body of blocks. A body of the marketer's own MJML is shown as it is. */
export function EmailEditor({ content, locale, purpose, error, set }: EditorProps) {
  const t = useT("designerFields");
  const p = useT("designerPreview");
  const text = (key: string) => (typeof content[key] === "string" ? content[key] : "");
  const blocks = Array.isArray(content.blocks) ? content.blocks.filter(isBlock) : [];
  const put = (next: EmailBlock[]) => set("blocks", next);
  return (
    <>
      <TemplateInput
        label={t("subject")}
        value={text("subject")}
        error={error("subject")}
        onChange={(next) => set("subject", next)}
      />
      <TemplateInput
        label={t("preheader")}
        value={text("preheader")}
        description={t("preheaderHint")}
        onChange={(next) => set("preheader", next || undefined)}
      />
      {typeof content.mjml === "string" ? (
        <div className={classes.source}>
          <TemplateInput
            label={t("mjml")}
            multiline
            value={content.mjml}
            description={p("sourceHint")}
            error={error("mjml")}
            onChange={(next) => set("mjml", next)}
          />
          <Button size="compact-xs" variant="subtle" color="gray" mt={4} onClick={() => set("mjml", undefined)}>
            {p("blocks")}
          </Button>
        </div>
      ) : (
        <div className={classes.stack}>
          {blocks.map((block, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no identity but their place
            <div key={i} className={classes.block} data-testid={`block-${i}-${block.kind}`}>
              <div className={classes.blockHead}>
                <span>{block.kind === "coupon" || block.kind === "button" ? t(`block.${block.kind}`) : ""}</span>
                <RowButtons rows={blocks} at={i} least={0} remove={t("removeBlock")} onChange={put} />
              </div>
              {block.kind === "coupon" && <div className={classes.ticket}>{t("couponHint")}</div>}
              {(block.kind === "heading" || block.kind === "text") && (
                <TemplateInput
                  isBare
                  label={t(`block.${block.kind}`)}
                  multiline={block.kind === "text"}
                  value={block.text}
                  error={error("blocks", i, "text")}
                  onChange={(next) => put(blocks.with(i, { ...block, text: next }))}
                />
              )}
              {block.kind === "button" && (
                <>
                  <TextInput
                    size="xs"
                    aria-label={t("buttonLabel")}
                    placeholder={t("buttonLabel")}
                    value={block.label}
                    error={error("blocks", i, "label")}
                    onChange={(event) => put(blocks.with(i, { ...block, label: event.target.value }))}
                  />
                  <TemplateInput
                    label={t("buttonUrl")}
                    placeholder="https://"
                    value={block.url}
                    error={error("blocks", i, "url")}
                    onChange={(next) => put(blocks.with(i, { ...block, url: next }))}
                  />
                </>
              )}
            </div>
          ))}
          {error("blocks") && !blocks.some((_, i) => error("blocks", i)) && (
            <p className={classes.hint} role="alert">
              {error("blocks")}
            </p>
          )}
          <Group gap={4} role="group" aria-label={t("addBlock")}>
            {BLOCKS.map(({ kind, icon, fresh }) => (
              <Button
                key={kind}
                size="compact-xs"
                variant="light"
                leftSection={<Icon name={icon} size={13} />}
                onClick={() => put([...blocks, structuredClone(fresh)])}
                data-testid={`add-block-${kind}`}
              >
                {t(`block.${kind}`)}
              </Button>
            ))}
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              leftSection={<IconCode size={13} />}
              onClick={() => set("mjml", mjmlOf(blocks, locale, purpose))}
              data-testid="mjml-source"
            >
              {p("source")}
            </Button>
          </Group>
        </div>
      )}
    </>
  );
}
