"use client";
import { useT } from "../../_i18n/use-t";
import type { NodeMark } from "../compare/both";
import { useStanding } from "../compare/standing";
import classes from "./mark.module.css";

const SIGNS = { added: "+", removed: "−", changed: "±" } as const;

/** What differs about a step, and how many members stand at it. */
export function Mark({ node, mark }: { node: string; mark: NodeMark["is"] | undefined }) {
  const t = useT("designerCompare");
  const standing = useStanding(node);
  return (
    <span className={classes.marks}>
      {mark && (
        <span className={classes.mark} data-mark={mark} data-testid={`mark-${node}`}>
          <b aria-hidden>{SIGNS[mark]}</b>
          {t(`mark.${mark}`)}
        </span>
      )}
      {standing && <span className={classes.mark}>{t("waitingBadge", { count: standing.count })}</span>}
    </span>
  );
}
