"use client";
import { ActionIcon } from "@mantine/core";
import type { ReactNode } from "react";
import { useT } from "../../_i18n/use-t";
import { Icon } from "../../_ui/icons";
import classes from "./inspector.module.css";

/** The head of every panel at the right: what it is about, what can be done with it, and the way to close it. */
export function PanelHead({
  icon,
  title,
  about,
  children,
  onClose,
}: {
  icon?: ReactNode;
  /** A text is a heading; a field names what is shown. */
  title: ReactNode;
  about?: ReactNode;
  children?: ReactNode;
  onClose?: () => void;
}) {
  const t = useT("designer");
  return (
    <header className={classes.head} data-alone={about === undefined || undefined}>
      {icon && <span className={classes.icon}>{icon}</span>}
      <div className={classes.names}>
        {typeof title === "string" ? <h2 className={classes.heading}>{title}</h2> : title}
      </div>
      <div className={classes.tools}>
        {children}
        {onClose && (
          <ActionIcon data-skip variant="subtle" color="gray" aria-label={t("node.closed")} onClick={onClose}>
            <Icon name="close" size={18} />
          </ActionIcon>
        )}
      </div>
      {about !== undefined && <span className={classes.about}>{about}</span>}
    </header>
  );
}
