"use client";
import { Button, Group } from "@mantine/core";
import type { ComponentType, ReactNode } from "react";
import type { EmailBlock } from "@/core/message/channels/email-blocks";
import { useT } from "../../../../_i18n/use-t";
import { Icon } from "../../../../_ui/icons";
import classes from "../../fields.module.css";
import { RowButtons } from "../../lists/row-buttons";
import type { EditorProps } from "../editor-props";
import { BlockFields } from "./block-fields";
import { BLOCKS, type BlockKind } from "./kinds";

/** What edits the columns of a block. */
export type ColumnsProps = {
  block: Extract<EmailBlock, { kind: "columns" }>;
  path: (string | number)[];
  error: EditorProps["error"];
  onChange(block: EmailBlock): void;
};

/** Blocks below each other: moved, taken out, and added at the end. */
export function BlockList({
  blocks,
  kinds,
  path,
  addLabel,
  more,
  columns: Columns,
  error,
  onChange,
}: {
  blocks: EmailBlock[];
  /** Those that may be added. */
  kinds: readonly BlockKind[];
  /** Where in the content they stand. */
  path: (string | number)[];
  addLabel: string;
  /** Beside the buttons that add one. */
  more?: ReactNode;
  /** Absent = none may stand here, as within columns. */
  columns?: ComponentType<ColumnsProps>;
  error: EditorProps["error"];
  onChange(blocks: EmailBlock[]): void;
}) {
  const t = useT("designerFields");
  const name = useBlockName();
  const id = path.slice(1).join("-");
  return (
    <div className={classes.stack}>
      {blocks.map((block, i) => {
        const buttons = (
          <RowButtons
            rows={blocks}
            at={i}
            name={`${name(block.kind)} ${i + 1}`}
            least={0}
            remove={t("removeBlock")}
            onChange={onChange}
          />
        );
        const shared = { path: [...path, i], error, onChange: (next: EmailBlock) => onChange(blocks.with(i, next)) };
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no identity but their place
          <div key={i} className={classes.block} data-testid={`block-${id ? `${id}-` : ""}${i}-${block.kind}`}>
            {!isOneField(block) && (
              <div className={classes.blockHead}>
                <span>{name(block.kind)}</span>
                {buttons}
              </div>
            )}
            {block.kind !== "columns" ? (
              <BlockFields block={block} {...(isOneField(block) && { tools: buttons })} {...shared} />
            ) : Columns ? (
              <Columns block={block} {...shared} />
            ) : null}
          </div>
        );
      })}
      <Group gap={4} role="group" aria-label={addLabel}>
        {kinds.map((kind) => (
          <Button
            key={kind}
            size="compact-xs"
            variant="light"
            leftSection={<Icon name={BLOCKS[kind].icon} size={13} />}
            onClick={() => onChange([...blocks, structuredClone(BLOCKS[kind].fresh)])}
            data-testid={`add-block-${id ? `${id}-` : ""}${kind}`}
          >
            {name(kind)}
          </Button>
        ))}
        {more}
      </Group>
    </div>
  );
}

/** Its field's line is its head as well. */
const isOneField = ({ kind }: EmailBlock): boolean => kind === "heading" || kind === "text" || kind === "footer";

function useBlockName(): (kind: BlockKind) => string {
  const t = useT("designerFields");
  const mail = useT("designerMail");
  return (kind) =>
    kind === "heading" || kind === "text" || kind === "coupon" || kind === "button" ? t(`block.${kind}`) : mail(kind);
}
