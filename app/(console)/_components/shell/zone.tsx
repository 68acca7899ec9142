"use client";
import type { ReactNode } from "react";
import { IntlProvider, useLocale } from "use-intl";

/** Every instant below is written in the workspace's zone, whatever the reader's clock says. */
export function ZoneProvider({ zone, children }: { zone: string; children: ReactNode }) {
  return (
    <IntlProvider locale={useLocale()} timeZone={zone}>
      {children}
    </IntlProvider>
  );
}
