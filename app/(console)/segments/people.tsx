"use client";
import { Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { TierBadge } from "../../_ui/loyalty/tier";
import { When } from "../../_ui/time/when";
import classes from "./segments.module.css";

type Person = { id: string; name: string | null; tier: string; since?: string };

/** A few members under a heading, each a link to their page. */
export function People({
  title,
  empty,
  asked,
  ask,
}: {
  title: string;
  empty: string;
  /** What the answer belongs to. */
  asked: string[];
  ask(): Promise<{ items: Person[] }>;
}) {
  const { data, isError } = useQuery({ queryKey: ["people", ...asked], queryFn: ask, staleTime: 10_000, retry: false });
  if (isError) return null;
  return (
    <Stack gap={6} component="section">
      <Text size="sm" fw={550}>
        {title}
      </Text>
      {!data && [0, 1, 2].map((i) => <Skeleton key={i} h={20} w={`${80 - i * 15}%`} />)}
      {data?.items.length === 0 && (
        <Text size="sm" c="dimmed">
          {empty}
        </Text>
      )}
      <ul className={classes.people}>
        {data?.items.map(({ id, name, tier, since }) => (
          <li key={id}>
            <Link href={`/members/${id}`} prefetch={false}>
              {name ?? id.slice(-8)}
            </Link>
            <TierBadge tier={tier} />
            {since && (
              <Text size="xs" c="dimmed" ml="auto" component="span">
                <When at={since} />
              </Text>
            )}
          </li>
        ))}
      </ul>
    </Stack>
  );
}
