import { ColorSchemeScript, mantineHtmlProps } from "@mantine/core";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/jetbrains-mono/wght.css";
import "@fontsource-variable/noto-sans-sc/wght.css";
import "@mantine/core/styles.layer.css";
import "@mantine/dates/styles.layer.css";
import "@mantine/notifications/styles.layer.css";
import "@mantine/spotlight/styles.layer.css";
import { messagesOf, readLocale, serverT } from "./_i18n/locale";
import { Providers } from "./_ui/providers";
import { INK, PAPER } from "./_ui/theme";
import "./_ui/global.css";

export async function generateMetadata(): Promise<Metadata> {
  const t = await serverT("common");
  return { title: { default: t("product"), template: `%s · ${t("product")}` } };
}

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: PAPER.paper },
    { media: "(prefers-color-scheme: dark)", color: INK.paper },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, asked] = await Promise.all([readLocale(), headers()]);
  const nonce = asked.get("x-nonce") ?? undefined;
  return (
    <html lang={locale} {...mantineHtmlProps}>
      <head>
        <ColorSchemeScript defaultColorScheme="auto" nonce={nonce} suppressHydrationWarning />
      </head>
      <body>
        <Providers locale={locale} messages={messagesOf(locale)} now={new Date().toISOString()}>
          {children}
        </Providers>
      </body>
    </html>
  );
}
