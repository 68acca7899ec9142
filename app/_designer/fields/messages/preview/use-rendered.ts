"use client";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import type { ChannelKind, Purpose, Rendered } from "@/core/message/channel";
import { channels } from "@/core/message/channels/registry";
import type { Locale } from "@/core/text";
import { ApiError } from "../../../../_ui/api";
import { useApi } from "../../../../_ui/workspace";
import { useDesigner } from "../../../store/use-designer";
import { useSample } from "./sample-of";

export type PreviewProps = {
  channel: ChannelKind;
  content: Record<string, unknown>;
  locale: Locale;
  purpose: Purpose;
};
const TYPING_MS = 350;

/** The content as the server renders it, for the member who is previewed; the last one stands while the next is made. */
export function useRendered<K extends ChannelKind>(
  { channel, content, locale, purpose }: PreviewProps & { channel: K },
  isOn: boolean,
): { rendered: Rendered[K] | undefined; problem: string | undefined; isMaking: boolean } {
  const api = useApi();
  const member = useDesigner((state) => state.previewAs?.id);
  const { asked: sample } = useSample();
  const [asked] = useDebouncedValue(JSON.stringify(content), TYPING_MS);
  const { data, error, isFetching } = useQuery({
    queryKey: ["preview", channel, locale, purpose, member, sample, asked],
    queryFn: () =>
      api.post<Rendered[K]>("/messages/preview", {
        channel,
        locale,
        purpose,
        content: JSON.parse(asked) as unknown,
        ...sample,
        ...(member && { member }),
      }),
    // What is half written yet has nothing to show; its problems stand beside the fields.
    enabled: isOn && channels[channel].content.safeParse(JSON.parse(asked)).success,
    retry: false,
    staleTime: 60_000,
    placeholderData: (before) => before,
  });
  return {
    rendered: data,
    problem: error instanceof ApiError ? (error.detail ?? error.code) : error ? String(error) : undefined,
    isMaking: isFetching,
  };
}
