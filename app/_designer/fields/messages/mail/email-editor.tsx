"use client";
import { Button } from "@mantine/core";
import { IconCode } from "@tabler/icons-react";
import { useT } from "../../../../_i18n/use-t";
import classes from "../../fields.module.css";
import type { EditorProps } from "../editor-props";
import { TemplateInput } from "../template-input";
import { BlockList } from "./block-list";
import { ColumnsFields } from "./columns-fields";
import { isBlock, KINDS } from "./kinds";
import { mjmlOf } from "./mjml-of";

/** A mail: subject, preview line, and a body of blocks. A body of the marketer's own MJML is shown as it is. */
export function EmailEditor({ content, locale, purpose, error, set }: EditorProps) {
  const t = useT("designerFields");
  const p = useT("designerPreview");
  const text = (key: string) => (typeof content[key] === "string" ? content[key] : "");
  const blocks = Array.isArray(content.blocks) ? content.blocks.filter(isBlock) : [];
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
        <>
          <BlockList
            blocks={blocks}
            kinds={KINDS}
            path={["blocks"]}
            addLabel={t("addBlock")}
            columns={ColumnsFields}
            error={error}
            onChange={(next) => set("blocks", next)}
            more={
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
            }
          />
          {error("blocks") && !blocks.some((_, i) => error("blocks", i)) && (
            <p className={classes.hint} role="alert">
              {error("blocks")}
            </p>
          )}
        </>
      )}
    </>
  );
}
