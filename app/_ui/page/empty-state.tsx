import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Icon, type IconName } from "../icons";
import classes from "./empty-state.module.css";

/** Nothing here yet: says what will stand here, and offers the step that brings it. */
export function EmptyState({
  icon,
  title,
  children,
  action,
  small = false,
}: {
  icon: IconName;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  small?: boolean;
}) {
  return (
    <Stack align="center" gap="xs" className={small ? classes.small : classes.empty}>
      <span className={classes.icon}>
        <Icon name={icon} size={small ? 20 : 26} stroke={1.5} />
      </span>
      <Title order={small ? 3 : 2} ta="center">
        {title}
      </Title>
      {children && (
        <Text c="dimmed" size="sm" ta="center" maw="46ch" component="div">
          {children}
        </Text>
      )}
      {action && <div className={classes.action}>{action}</div>}
    </Stack>
  );
}
