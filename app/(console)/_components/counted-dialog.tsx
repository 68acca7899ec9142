"use client";
import { Button, Group, Skeleton, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useT } from "../../_i18n/use-t";
import { Dialog } from "../../_ui/page/dialog";
import { useProblem } from "../../_ui/page/error-panel";

/** Beforehand: how many it is done to, in words, and what is to be said of the others. */
export type Counted = { count: number; says: string; others?: string[] };

/** Something that is done to many: first how many that would be and why not the others, then the doing. */
export function CountedDialog<T>({
  name,
  title,
  hint,
  countKey,
  count,
  says,
  act,
  button,
  isReady = true,
  children,
  onClose,
}: {
  /** For tests. */
  name: string;
  title: string;
  hint: ReactNode;
  countKey: readonly unknown[];
  count(): Promise<T>;
  says(counted: T): Counted;
  /** Does it; answers what is then told. */
  act(): Promise<ReactNode>;
  button(count: number): string;
  /** What else is asked has been answered. */
  isReady?: boolean;
  children?: ReactNode;
  onClose(): void;
}) {
  const common = useT("common");
  const problem = useProblem();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const { data, error } = useQuery({ queryKey: countKey, staleTime: 0, queryFn: count });
  const counted = data && says(data);
  const go = async () => {
    setBusy(true);
    try {
      notifications.show({ message: await act() });
      onClose();
    } catch (failed) {
      setFailure(problem(failed).says);
      setBusy(false);
    }
  };
  return (
    <Dialog opened onClose={onClose} title={title} zIndex={300}>
      <Stack data-testid={`${name}-dialog`}>
        <Text size="sm">{hint}</Text>
        {!counted && !error && <Skeleton h={20} />}
        {counted && (
          <div>
            <Text size="sm" fw={600} data-testid={`${name}-count`}>
              {counted.says}
            </Text>
            {counted.others?.map((other) => (
              <Text size="sm" c="dimmed" key={other}>
                {other}
              </Text>
            ))}
          </div>
        )}
        {children}
        {(failure || error) && (
          <Text size="sm" c="var(--tone-bad)" role="alert">
            {failure ?? problem(error).says}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus={children === undefined || undefined}>
            {common("cancel")}
          </Button>
          <Button
            loading={isBusy}
            disabled={!counted?.count || !isReady}
            onClick={() => void go()}
            data-testid={`${name}-now`}
          >
            {button(counted?.count ?? 0)}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
