"use client";
import { useLocale } from "use-intl";
import type { Text } from "@/core/text";
import { useT } from "../_i18n/use-t";
import classes from "./findings.module.css";
import { Icon } from "./icons";

/** A rule's conditions with what was found for each; nothing when there is none. */
export function Findings({ findings }: { findings: { asked: Text; found: Text; held: boolean }[] }) {
  const t = useT("runs");
  const locale = useLocale();
  if (findings.length === 0) return null;
  // What held because it is exactly so needs not be said twice.
  const isTwice = ({ asked, found }: (typeof findings)[number]) => asked[locale] === found[locale];
  const hasFound = !findings.every(isTwice);
  return (
    <table className={classes.findings}>
      <thead>
        <tr>
          <th scope="col">{t("asked")}</th>
          {hasFound && <th scope="col">{t("found")}</th>}
          <th scope="col">
            <span className={classes.hidden}>{t("held")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {findings.map((finding, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: findings never move
          <tr key={i} data-held={finding.held}>
            <td>{finding.asked[locale]}</td>
            {hasFound && <td>{isTwice(finding) ? t("justSo") : finding.found[locale]}</td>}
            <td className={classes.verdict}>
              <Icon name={finding.held ? "check" : "close"} size={14} /> {t(finding.held ? "held" : "notHeld")}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
