"use client";
import { Fragment } from "react";
import { useLocale } from "use-intl";
import type { Finding } from "@/services/runs/why";
import { useT } from "../../_i18n/use-t";
import { Icon } from "../icons";
import classes from "./findings.module.css";

/** A rule's conditions with what was found for each, several rules' under their names; nothing when there is none. */
export function Findings({ findings }: { findings: Finding[] }) {
  const t = useT("runs");
  const locale = useLocale();
  if (findings.length === 0) return null;
  // What held because it is exactly so needs not be said twice.
  const isTwice = ({ asked, found }: (typeof findings)[number]) => asked[locale] === found[locale];
  const hasFound = !findings.every((one) => isTwice(one) && !one.isNow);
  const isNew = (i: number) => findings[i]?.of?.[locale] !== findings[i - 1]?.of?.[locale];
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
          <Fragment key={i}>
            {finding.of && isNew(i) && (
              <tr className={classes.of}>
                <th scope="rowgroup" colSpan={hasFound ? 3 : 2}>
                  {finding.of[locale]}
                </th>
              </tr>
            )}
            <tr data-held={finding.held}>
              <td>{finding.asked[locale]}</td>
              {hasFound && (
                <td>
                  {isTwice(finding) ? t("justSo") : finding.found[locale]}
                  {finding.isNow && <span className={classes.now}> {t("asOfNow")}</span>}
                </td>
              )}
              <td className={classes.verdict}>
                <Icon name={finding.held ? "check" : "close"} size={14} /> {t(finding.held ? "held" : "notHeld")}
              </td>
            </tr>
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}
