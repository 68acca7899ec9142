"use client";
import "dayjs/locale/zh-cn";
import { createTheme, MantineProvider, mergeThemeOverrides } from "@mantine/core";
import { DatesProvider } from "@mantine/dates";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useMemo, useState } from "react";
import { IntlProvider } from "use-intl";
import type { Locale } from "@/core/text";
import type { Messages } from "../_i18n/en";
import { useT } from "../_i18n/use-t";
import { ApiError } from "./api";
import { resolver, theme } from "./theme";
import { useCalendarWords } from "./time/use-calendar-words";

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
      <Themed locale={locale}>
        <QueryClientProvider client={queries}>
          {children}
          <Notifications position="bottom-center" limit={3} />
        </QueryClientProvider>
      </Themed>
    </IntlProvider>
  );
}

/** The theme, in the reader's language: the button that closes what opens over a page, and the calendars of date fields. */
function Themed({ locale, children }: { locale: Locale; children: ReactNode }) {
  const t = useT("common");
  const calendar = useCalendarWords();
  const named = useMemo(() => {
    const closes = { defaultProps: { closeButtonProps: { "aria-label": t("close") } } };
    const dated = { defaultProps: calendar };
    return mergeThemeOverrides(
      theme,
      createTheme({
        components: { Modal: closes, Drawer: closes, Notification: closes, DateInput: dated, DatePickerInput: dated },
      }),
    );
  }, [t, calendar]);
  return (
    <MantineProvider theme={named} cssVariablesResolver={resolver} defaultColorScheme="auto">
      <DatesProvider settings={{ locale: locale === "en" ? "en" : "zh-cn" }}>{children}</DatesProvider>
    </MantineProvider>
  );
}
