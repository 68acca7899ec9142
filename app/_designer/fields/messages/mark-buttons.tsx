"use client";
import { ActionIcon } from "@mantine/core";
import { IconBold, IconItalic, IconLink } from "@tabler/icons-react";
import type { KeyboardEvent } from "react";
import { useT } from "../../../_i18n/use-t";

/** What is put around the chosen words, and the words where none are chosen. */
export type Mark = { before: string; after: string; words: string };
type T = ReturnType<typeof useT<"designerMail">>;

const bold = (mail: T): Mark => ({ before: "**", after: "**", words: mail("boldWords") });
const italic = (mail: T): Mark => ({ before: "*", after: "*", words: mail("italicWords") });
const link = (mail: T): Mark => ({ before: "[", after: "](https://)", words: mail("linkWords") });

/** The mark that ⌘B or ⌘I asks for. */
export function markOfKey({ key, metaKey, ctrlKey, altKey, shiftKey }: KeyboardEvent, mail: T): Mark | undefined {
  if (!(metaKey || ctrlKey) || altKey || shiftKey) return undefined;
  return key.toLowerCase() === "b" ? bold(mail) : key.toLowerCase() === "i" ? italic(mail) : undefined;
}

/** Bold, italic and links for a mail's text. */
export function MarkButtons({ onMark }: { onMark(mark: Mark): void }) {
  const mail = useT("designerMail");
  const buttons = [
    { label: mail("bold"), icon: <IconBold size={14} />, mark: bold(mail) },
    { label: mail("italic"), icon: <IconItalic size={14} />, mark: italic(mail) },
    { label: mail("link"), icon: <IconLink size={14} />, mark: link(mail) },
  ];
  return buttons.map(({ label, icon, mark }) => (
    <ActionIcon
      key={label}
      size={24}
      variant="subtle"
      color="gray"
      aria-label={label}
      title={label}
      // The chosen words stay chosen.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onMark(mark)}
    >
      {icon}
    </ActionIcon>
  ));
}
