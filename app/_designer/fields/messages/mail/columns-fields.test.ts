import { expect, it } from "vitest";
import type { EmailCell } from "@/core/message/channels/email-blocks";
import { EmailBlock } from "@/core/message/channels/email-blocks";
import { resized } from "./columns-fields";
import { BLOCKS, CELL_KINDS, isBlock, isCell, KINDS } from "./kinds";

const text = (words: string): EmailCell => ({ kind: "text", text: words });

it("loses nothing when a column goes", () => {
  const three = [[text("a")], [text("b")], [text("c"), text("d")]];
  expect(resized(three, 2)).toEqual([[text("a")], [text("b"), text("c"), text("d")]]);
  expect(resized(three.slice(0, 2), 3)).toEqual([[text("a")], [text("b")], []]);
  expect(resized(three, 3)).toEqual(three);
});

it("has a button for every kind of block, each fresh one of the right shape", () => {
  expect(KINDS.toSorted()).toEqual(EmailBlock.options.map(({ shape }) => shape.kind.value).sort());
  for (const kind of KINDS) {
    expect(EmailBlock.safeParse(BLOCKS[kind].fresh).success).toBe(true);
    expect(isBlock(BLOCKS[kind].fresh)).toBe(true);
    expect(isCell(BLOCKS[kind].fresh)).toBe(CELL_KINDS.includes(kind));
  }
});
