"use client";
import { Textarea, TextInput } from "@mantine/core";
import { type ReactNode, useId, useMemo, useRef } from "react";
import { useWorkspace } from "../../../_ui/workspace";
import { answering } from "../../rules/answers";
import { useDesigner } from "../../store/use-designer";
import { useTitle } from "../../use-says";
import classes from "../fields.module.css";
import { entryEvent } from "../rule-scope";
import { VariableMenu } from "./variable-menu";
import { type Variable, variablesFor } from "./variables";

/** The values a message of this journey may name. */
export function useVariables(): Variable[] {
  const document = useDesigner((state) => state.document);
  const titleOf = useTitle();
  const { name } = useWorkspace();
  return useMemo(
    () => variablesFor(entryEvent(document), name, answering(document, titleOf)),
    [document, name, titleOf],
  );
}

/** Text with Liquid in it; a menu inserts values at the cursor. */
export function TemplateInput({
  label,
  value,
  onChange,
  multiline = false,
  placeholder,
  error,
  description,
  below,
  isBare = false,
}: {
  label: string;
  value: string;
  onChange(value: string): void;
  multiline?: boolean;
  placeholder?: string;
  error?: string | undefined;
  description?: string;
  below?: ReactNode;
  /** The label is said by what stands around: it is only read out. */
  isBare?: boolean;
}) {
  const id = useId();
  const variables = useVariables();
  const area = useRef<HTMLTextAreaElement>(null);
  const line = useRef<HTMLInputElement>(null);
  const insert = (liquid: string) => {
    const input = multiline ? area.current : line.current;
    const [from, to] = [input?.selectionStart ?? value.length, input?.selectionEnd ?? value.length];
    onChange(value.slice(0, from) + liquid + value.slice(to));
    requestAnimationFrame(() => {
      input?.focus();
      input?.setSelectionRange(from + liquid.length, from + liquid.length);
    });
  };
  const shared = {
    id,
    value,
    error,
    placeholder,
    description,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  };
  return (
    <div>
      <div className={classes.labelRow}>
        <label htmlFor={id} style={isBare ? { fontWeight: 600, color: "var(--ink-faint)", fontSize: 12 } : undefined}>
          {label}
        </label>
        <VariableMenu label={label} variables={variables} onPick={insert} />
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
