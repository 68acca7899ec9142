"use client";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { IntlProvider } from "use-intl";
import type { Locale } from "@/core/text";
import type { Messages } from "../_i18n/en";
import { ApiError } from "./api";
import { resolver, theme } from "./theme";

/** Theme, language and the query cache, around everything. `now` is the server's instant, so that both sides write the same relative times. */
export function Providers({
  locale,
  messages,
  now,
  children,
}: {
  locale: Locale;
  messages: Messages;
  now: string;
  children: ReactNode;
}) {
  const [queries] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            staleTime: 5_000,
            refetchOnWindowFocus: true,
            // A refused request is not tried again; a failed connection or a server error is.
            retry: (count, error) =>
              count < 2 &&
              (!(error instanceof ApiError) ||
                error.code === "offline" ||
                error.code === "broken" ||
                error.code === "busy"),
          },
        },
      }),
  );
  return (
    <IntlProvider locale={locale} messages={messages} now={new Date(now)} timeZone="UTC">
      <MantineProvider theme={theme} cssVariablesResolver={resolver} defaultColorScheme="auto">
        <QueryClientProvider client={queries}>
          {children}
          <Notifications position="bottom-center" limit={3} />
        </QueryClientProvider>
      </MantineProvider>
    </IntlProvider>
  );
}
