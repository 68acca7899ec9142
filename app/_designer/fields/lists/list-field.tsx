"use client";
import { Button, Input } from "@mantine/core";
import type { ReactNode } from "react";
import { Icon } from "../../../_ui/icons";
import { useSay } from "../../shelf";
import type { FieldProps } from "../field-props";
import classes from "../fields.module.css";

/** Rows one below the other under a label, and a button for one more. */
export function ListField({
  meta,
  error,
  add,
  isFull,
  onAdd,
  children,
}: Pick<FieldProps, "meta" | "error"> & { add: string; isFull: boolean; onAdd(): void; children: ReactNode }) {
  const say = useSay();
  return (
    <Input.Wrapper label={say(meta.label)} description={meta.help && say(meta.help)} error={error} labelElement="div">
      <div className={classes.stack}>
        {children}
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<Icon name="add" size={14} />}
          disabled={isFull}
          style={{ justifySelf: "start" }}
          onClick={onAdd}
        >
          {add}
        </Button>
      </div>
    </Input.Wrapper>
  );
}
