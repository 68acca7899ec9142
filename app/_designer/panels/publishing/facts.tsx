"use client";
import { reachable } from "@/core/journey/graph";
import { useT } from "../../../_i18n/use-t";
import { nodeOf } from "../../edit/place";
import { useDesigner } from "../../store/use-designer";
import { useSays } from "../../use-says";
import classes from "../panels.module.css";

/** What is published, in a few lines: what starts it, how many steps, messages and rewards it has, and how often a member may enter. */
export function PublishFacts() {
  const t = useT("designer");
  const says = useSays();
  const document = useDesigner((state) => state.document);
  // What nothing leads to is drawn, and is no part of what is published.
  const led = reachable(document.entry, document.edges);
  const parts = document.nodes.filter(({ id }) => led.has(id));
  const loose = document.nodes.length - parts.length;
  const entry = nodeOf(document, document.entry);
  return (
    <dl className={classes.facts}>
      <div>
        <dt>{t("publishWhen")}</dt>
        <dd>
          {entry
            ? says(entry)
                .map((piece) => piece.text)
                .join("")
            : "—"}
        </dd>
      </div>
      <div>
        <dt>{t("stats")}</dt>
        <dd>
          {[
            t("publishSteps", { count: parts.length }),
            t("publishMessages", { count: parts.filter(({ config }) => "content" in config).length }),
            t("publishRewards", { count: parts.filter(({ kind }) => kind === "reward").length }),
            ...(loose > 0 ? [t("publishLoose", { count: loose })] : []),
          ].join(" · ")}
        </dd>
      </div>
      <div>
        <dt>{t("settings.reentry")}</dt>
        <dd>{t(`settings.${document.settings.reentry.is}`)}</dd>
      </div>
    </dl>
  );
}
