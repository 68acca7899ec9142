"use client";
import { type CSSProperties, useEffect, useState } from "react";

type Props = { title: string; html: string; className?: string | undefined; style?: CSSProperties };

/** A mail's HTML in a frame that runs no script and sends no form; links open outside. Chinese shows also where the machine has no font for it. */
export function MailFrame({ title, html, className, style }: Props) {
  const fonts = useChineseFont();
  return (
    <iframe
      title={title}
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      srcDoc={`<base target="_blank"><style>${fonts}</style>${html}`}
      className={className}
      style={style}
      referrerPolicy="no-referrer"
    />
  );
}

/** The console's own Chinese font, as rules under the name that our mails ask for after the system's fonts. */
function useChineseFont(): string {
  const [rules, setRules] = useState("");
  useEffect(() => {
    const found = [...document.styleSheets].flatMap((sheet) =>
      rulesOf(sheet)
        .filter((rule) => rule instanceof CSSFontFaceRule && rule.cssText.includes("Noto Sans SC"))
        .map(({ cssText }) =>
          cssText
            .replace(/font-family:[^;]+;/, 'font-family: "Noto Sans SC";')
            .replace(
              /url\("?([^")]+)"?\)/g,
              (_, url: string) => `url("${new URL(url, sheet.href ?? document.baseURI)}")`,
            ),
        ),
    );
    setRules(found.join("\n"));
  }, []);
  return rules;
}

function rulesOf(sheet: CSSStyleSheet): CSSRule[] {
  try {
    return [...sheet.cssRules];
  } catch {
    // A sheet of another origin keeps its rules to itself.
    return [];
  }
}
