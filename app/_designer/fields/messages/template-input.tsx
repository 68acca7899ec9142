"use client";
import { Textarea, TextInput } from "@mantine/core";
import { type ChangeEvent, type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import { useT } from "../../../_i18n/use-t";
import classes from "../fields.module.css";
import { type Mark, MarkButtons, markOfKey } from "./mark-buttons";
import { useSample } from "./preview/sample-of";
import { VariableMenu } from "./variable-menu";

/** Text with Liquid in it; a menu inserts values at the cursor, and opens by itself where {{ is typed. */
export function TemplateInput({
  label,
  value,
  onChange,
  multiline = false,
  hasMarks = false,
  placeholder,
  error,
  description,
  below,
  isBare = false,
  tools,
}: {
  label: string;
  value: string;
  onChange(value: string): void;
  multiline?: boolean;
  /** Bold, italic and links may stand in it. */
  hasMarks?: boolean;
  placeholder?: string;
  error?: string | undefined;
  description?: string;
  below?: ReactNode;
  /** It is all that its block has: the label is the block's. */
  isBare?: boolean;
  /** What else can be done, behind the field's own tools. */
  tools?: ReactNode;
}) {
  const id = useId();
  const mail = useT("designerMail");
  const { variables } = useSample();
  const area = useRef<HTMLTextAreaElement>(null);
  const line = useRef<HTMLInputElement>(null);
  /** Where a {{ stands that was only just typed. */
  const [begun, setBegun] = useState<number>();
  const selected = (): [from: number, to: number] => {
    const input = multiline ? area.current : line.current;
    return [input?.selectionStart ?? value.length, input?.selectionEnd ?? value.length];
  };
  /** Puts a text in the place of another, and selects of it what may be typed over. */
  const put = ([from, to]: [number, number], text: string, chosen: [number, number] = [text.length, text.length]) => {
    onChange(value.slice(0, from) + text + value.slice(to));
    requestAnimationFrame(() => {
      const input = multiline ? area.current : line.current;
      input?.focus();
      input?.setSelectionRange(from + chosen[0], from + chosen[1]);
    });
  };
  const insert = (liquid: string) => put(begun === undefined ? selected() : [begun, begun + 2], liquid);
  const mark = ({ before, after, words }: Mark) => {
    const [from, to] = selected();
    const inner = value.slice(from, to) || words;
    put([from, to], before + inner + after, [before.length, before.length + inner.length]);
  };
  const shared = {
    id,
    value,
    error,
    placeholder,
    description: description ?? (hasMarks ? mail("marksHint") : undefined),
    onChange: ({
      currentTarget: { value: next, selectionStart },
    }: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      onChange(next);
      const at = selectionStart ?? next.length;
      if (next.length === value.length + 1 && next.slice(0, at).endsWith("{{")) setBegun(at - 2);
    },
    ...(hasMarks && {
      onKeyDown: (event: KeyboardEvent) => {
        const pressed = markOfKey(event, mail);
        if (!pressed) return;
        event.preventDefault();
        mark(pressed);
      },
    }),
  };
  return (
    <div>
      <div className={classes.labelRow}>
        <label htmlFor={id} data-bare={isBare || undefined}>
          {label}
        </label>
        <span className={classes.labelTools}>
          {hasMarks && <MarkButtons onMark={mark} />}
          <VariableMenu
            label={label}
            variables={variables}
            isBegun={begun !== undefined}
            onPick={insert}
            onEnd={(typed) => {
              setBegun(undefined);
              if (typed !== undefined && begun !== undefined) put([begun, begun + 2], `{{${typed}`);
            }}
          />
          {tools}
        </span>
      </div>
      {multiline ? (
        <Textarea ref={area} autosize minRows={3} maxRows={14} {...shared} />
      ) : (
        <TextInput ref={line} {...shared} />
      )}
      {below}
    </div>
  );
}
