"use client";
import { ActionIcon, CopyButton, Text, Tooltip } from "@mantine/core";
import { useT } from "../../_i18n/use-t";
import { Icon } from "../icons";
import classes from "./copy-field.module.css";

/** A value to take along: shown in full or shortened, copied whole. `block` is for code of several lines. */
export function CopyField({
  value,
  label,
  block = false,
  shown,
}: {
  value: string;
  label?: string;
  block?: boolean;
  shown?: string;
}) {
  const t = useT("common");
  const button = (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? t("copied") : t("copy")}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            onClick={copy}
            aria-label={copied ? t("copied") : `${t("copy")}${label ? `: ${label}` : ""}`}
          >
            <Icon name={copied ? "check" : "copy"} size={15} />
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
  if (block)
    return (
      <div className={classes.block}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <pre className={classes.code} tabIndex={0}>
          <code>{shown ?? value}</code>
        </pre>
        <div className={classes.corner}>{button}</div>
      </div>
    );
  return (
    <span className={classes.field}>
      <Text span ff="monospace" size="xs" className={classes.value} title={value}>
        {shown ?? value}
      </Text>
      {button}
    </span>
  );
}
