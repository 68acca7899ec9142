import { Paper, Skeleton, Stack } from "@mantine/core";

/** The shapes of what is coming, so that nothing jumps when it comes. */
export function CardSkeleton({ lines = 3 }: { lines?: number }) {
  return (
    <Paper p="lg" withBorder aria-hidden>
      <Stack gap="sm">
        <Skeleton h={14} w="38%" />
        {Array.from({ length: lines }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: placeholders never move
          <Skeleton key={i} h={12} w={`${92 - ((i * 17) % 40)}%`} />
        ))}
      </Stack>
    </Paper>
  );
}

export function PageSkeleton() {
  return (
    <Stack gap="lg" aria-hidden>
      <div>
        <Skeleton h={28} w="14rem" mb={10} />
        <Skeleton h={14} w="26rem" maw="100%" />
      </div>
      <CardSkeleton lines={8} />
    </Stack>
  );
}
