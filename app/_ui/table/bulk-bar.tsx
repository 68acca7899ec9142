"use client";
import { ActionIcon } from "@mantine/core";
import type { ReactNode } from "react";
import { useT } from "../../_i18n/use-t";
import { Icon } from "../icons";
import classes from "./bulk-bar.module.css";

/** The room of what stands above a list, until its first rows come: they fall no further when it does. */
export const BulkRoom = () => <div className={classes.bar} aria-hidden />;

/**
 * What can be done to many rows of a list: above it, to all that its filters find; afloat over its end, to those that are chosen, so that
 * choosing moves nothing. `hasPlace`: without a choice something stands above the list, whose room is kept.
 */
export function BulkBar({
  says,
  isChosen,
  hasPlace = false,
  testId,
  onClear,
  children,
}: {
  /** Whom it is done to. */
  says: string;
  isChosen: boolean;
  hasPlace?: boolean;
  testId: string;
  /** Nothing is chosen any more. */
  onClear(): void;
  children: ReactNode;
}) {
  const t = useT("common");
  return (
    <>
      {isChosen && hasPlace && <BulkRoom />}
      <div
        className={isChosen ? `${classes.bar} ${classes.afloat}` : classes.bar}
        role="toolbar"
        aria-label={says}
        data-testid={testId}
      >
        <span className={classes.says} aria-live="polite">
          {says}
        </span>
        {children}
        {isChosen && (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("clearChoice")}
            title={t("clearChoice")}
            onClick={onClear}
          >
            <Icon name="close" size={16} />
          </ActionIcon>
        )}
      </div>
    </>
  );
}
