"use client";
import { createTheme, MantineProvider, mergeThemeOverrides } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useMemo, useState } from "react";
import { IntlProvider } from "use-intl";
import type { Locale } from "@/core/text";
import type { Messages } from "../_i18n/en";
import { useT } from "../_i18n/use-t";
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
      <Themed>
        <QueryClientProvider client={queries}>
          {children}
          <Notifications position="bottom-center" limit={3} />
        </QueryClientProvider>
      </Themed>
    </IntlProvider>
  );
}

/** The theme, in which whatever opens over a page can be closed by a button that screen readers name in the reader's language. */
function Themed({ children }: { children: ReactNode }) {
  const t = useT("common");
  const named = useMemo(() => {
    const closes = { defaultProps: { closeButtonProps: { "aria-label": t("close") } } };
    return mergeThemeOverrides(
      theme,
      createTheme({ components: { Modal: closes, Drawer: closes, Notification: closes } }),
    );
  }, [t]);
  return (
    <MantineProvider theme={named} cssVariablesResolver={resolver} defaultColorScheme="auto">
      {children}
    </MantineProvider>
  );
}
