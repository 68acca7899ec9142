import { type EmailBlock, EmailCell } from "@/core/message/channels/email-blocks";
import type { IconName } from "../../../../_ui/icons";

export type BlockKind = EmailBlock["kind"];

/** What a block of each kind is before anybody writes it, in the order of the buttons that add one. */
export const BLOCKS: Record<BlockKind, { icon: IconName; fresh: EmailBlock }> = {
  heading: { icon: "edit", fresh: { kind: "heading", text: "" } },
  text: { icon: "messages", fresh: { kind: "text", text: "" } },
  image: { icon: "image", fresh: { kind: "image", url: "", alt: "" } },
  button: { icon: "go", fresh: { kind: "button", label: "", url: "" } },
  coupon: { icon: "coupon", fresh: { kind: "coupon" } },
  columns: {
    icon: "columns",
    fresh: { kind: "columns", columns: [[{ kind: "text", text: "" }], [{ kind: "text", text: "" }]] },
  },
  divider: { icon: "divider", fresh: { kind: "divider" } },
  footer: { icon: "text", fresh: { kind: "footer", text: "" } },
};
export const KINDS = Object.keys(BLOCKS).filter((kind): kind is BlockKind => Object.hasOwn(BLOCKS, kind));
const CELLS = new Set<string>(EmailCell.options.map(({ shape }) => shape.kind.value));
export const CELL_KINDS = KINDS.filter((kind) => CELLS.has(kind));

const hasKind = (value: unknown): value is { kind: string } =>
  typeof value === "object" && value !== null && "kind" in value && typeof value.kind === "string";
/** A block of a draft, half filled in or whole. */
export const isBlock = (value: unknown): value is EmailBlock => hasKind(value) && Object.hasOwn(BLOCKS, value.kind);
export const isCell = (value: unknown): value is EmailCell => hasKind(value) && CELLS.has(value.kind);
