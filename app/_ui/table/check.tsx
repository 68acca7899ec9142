"use client";
import classes from "./data-table.module.css";

/** A box to tick in a table: the browser's own, because a list has a hundred of them. */
export function Check({
  label,
  isOn,
  isPartly = false,
  onChange,
}: {
  label: string;
  isOn: boolean;
  /** Some of what it stands for is chosen. */
  isPartly?: boolean;
  onChange(isOn: boolean): void;
}) {
  return (
    <label className={classes.check}>
      <input
        type="checkbox"
        aria-label={label}
        checked={isOn}
        ref={(box) => {
          if (box) box.indeterminate = isPartly;
        }}
        onChange={(change) => onChange(change.currentTarget.checked)}
      />
    </label>
  );
}
