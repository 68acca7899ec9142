"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useMemo } from "react";
import type { MessageView } from "@/services/runs/messages";
import { useNameOf } from "../../_designer/use-says";
import { useNamed, WithShelf } from "../../_designer/with-shelf";
import { useT } from "../../_i18n/use-t";
import { KeyValue } from "../../_ui/fields/key-value";
import type { Wire } from "../../_ui/live/wire";
import { useApi, useMay } from "../../_ui/workspace";

/** Which journey and step a lost message comes from, by their names. */
export function LostSend({ message }: { message: string }) {
  return useMay("message.read") ? (
    <WithShelf>
      <Whence message={message} />
    </WithShelf>
  ) : null;
}

function Whence({ message }: { message: string }) {
  const t = useT("letters");
  const api = useApi();
  const nameOf = useNameOf();
  const { data: sent } = useQuery({
    // Apart from the message itself, which is another once it was sent again.
    queryKey: ["message", message, "whence"],
    queryFn: ({ signal }) => api.get<Wire<MessageView>>(`/messages/${message}`, {}, signal),
  });
  useNamed(useMemo(() => [sent?.nodeSays], [sent]));
  if (!sent) return null;
  const { journey, journeyName, node } = sent;
  return (
    <KeyValue
      facts={[
        [
          t("journey"),
          journey ? (
            <Link key="j" href={`/journeys/${journey}`} prefetch={false}>
              {journeyName ?? journey}
            </Link>
          ) : undefined,
        ],
        [t("step"), node ? nameOf({ ...sent, node }) : undefined],
      ]}
    />
  );
}
