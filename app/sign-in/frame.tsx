import { Paper, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Logo } from "../(console)/_components/shell/logo";
import { LookMenu } from "../(console)/_components/shell/look-menu";
import classes from "./frame.module.css";

/** A page in front of the console: what it is for, a card with its form, and what stands below. */
export function Frame({
  title,
  lead,
  children,
  below,
}: {
  title: string;
  lead: string;
  children: ReactNode;
  below?: ReactNode;
}) {
  return (
    <main className={classes.page}>
      <div className={classes.corner}>
        <LookMenu />
      </div>
      <div className={classes.card}>
        <div className={classes.brand}>
          <Logo size={44} />
          <div>
            <Title order={1}>{title}</Title>
            <Text c="dimmed" size="sm">
              {lead}
            </Text>
          </div>
        </div>
        <Paper withBorder p="xl" className={classes.paper}>
          {children}
        </Paper>
        {below}
      </div>
    </main>
  );
}
