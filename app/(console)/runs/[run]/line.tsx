"use client";
import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { Family } from "@/core/journey/kind";
import { useT } from "../../../_i18n/use-t";
import { Icon, type IconName } from "../../../_ui/icons";
import { When } from "../../../_ui/time/when";
import classes from "./run.module.css";

/** One entry of a run's way: a node it came to, when, by which way it went on, and in which lap. */
export function Line({
  icon,
  family,
  title,
  at,
  port,
  lap = 0,
  isNow = false,
  isBad = false,
  children,
}: {
  icon: IconName;
  family?: Family;
  title: string;
  at: string | null;
  port?: string | undefined;
  lap?: number;
  isNow?: boolean;
  isBad?: boolean;
  children?: ReactNode;
}) {
  const t = useT("runs");
  return (
    <li className={classes.step} data-now={isNow || undefined} data-bad={isBad || undefined}>
      <span className={classes.icon} data-family={family}>
        <Icon name={icon} size={17} />
      </span>
      <div className={classes.body}>
        <div className={classes.title}>
          <b>{title}</b>
          {port && <Way>{port}</Way>}
          {lap > 0 && <span className={classes.lap}>{t("lap", { lap: String(lap + 1) })}</span>}
        </div>
        {children && <div className={classes.why}>{children}</div>}
      </div>
      <Text size="xs" c="dimmed" className={classes.time}>
        <When at={at} exact empty="" />
      </Text>
    </li>
  );
}

/** One step of several inside a node. */
export function InnerLine({
  does,
  way,
  at,
  children,
}: {
  does: string | undefined;
  way?: string | undefined;
  at: string | null;
  children: ReactNode;
}) {
  return (
    <li>
      <div className={classes.title}>
        <span className={classes.does}>{does}</span>
        {way && <Way>{way}</Way>}
        <Text size="xs" c="dimmed" className={classes.innerTime}>
          <When at={at} exact empty="" />
        </Text>
      </div>
      <div>{children}</div>
    </li>
  );
}

const Way = ({ children }: { children: string }) => (
  <span className={classes.port}>
    <Icon name="go" size={13} />
    {children}
  </span>
);
