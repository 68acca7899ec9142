import { Paper, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./settings.module.css";

/** One card of the settings: what it is about, and its form. */
export function Part({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  return (
    <Paper withBorder p="lg" component="section" className={classes.card}>
      <Title order={2} mb={lead ? 4 : "md"}>
        {title}
      </Title>
      {lead && (
        <Text size="sm" c="dimmed" mb="md">
          {lead}
        </Text>
      )}
      {children}
    </Paper>
  );
}
