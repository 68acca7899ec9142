import { Group, Text, Title } from "@mantine/core";
import Link from "next/link";
import type { ReactNode } from "react";
import { Icon } from "../icons";
import classes from "./page-header.module.css";

/** The head of every page: where one is, what it is for, and what can be done next. */
export function PageHeader({
  title,
  lead,
  actions,
  back,
  badge,
}: {
  title: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  back?: { href: string; label: string };
  badge?: ReactNode;
}) {
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        {back && (
          <Link href={back.href} className={classes.back}>
            <span className={classes.backIcon}>
              <Icon name="next" size={14} />
            </span>
            {back.label}
          </Link>
        )}
        <Group gap="sm" wrap="nowrap">
          <Title order={1} className={classes.title}>
            {title}
          </Title>
          {badge}
        </Group>
        {lead && (
          <Text c="dimmed" size="sm" mt={4} maw="96ch">
            {lead}
          </Text>
        )}
      </div>
      {actions && (
        <Group gap="xs" className={classes.actions}>
          {actions}
        </Group>
      )}
    </header>
  );
}
