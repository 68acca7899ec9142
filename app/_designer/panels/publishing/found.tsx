"use client";
import { useT } from "../../../_i18n/use-t";
import { Icon } from "../../../_ui/icons";
import { nodeOf } from "../../edit/place";
import { sayProblem } from "../../problems/say-problem";
import { useGoTo } from "../../problems/use-go-to";
import { useProblems } from "../../problems/use-problems";
import { useShelf } from "../../shelf";
import { useDesigner } from "../../store/use-designer";
import { useName } from "../../use-says";
import classes from "../panels.module.css";

const MOST = 4;

/** What was found about the drawing, by its step: what blocks publishing, or what is worth a look before; a click goes there. */
export function PublishFound({ severity, onGo }: { severity: "error" | "warning"; onGo(): void }) {
  const t = useT("designer");
  const { locale } = useShelf();
  const nameOf = useName();
  const goTo = useGoTo();
  const document = useDesigner((state) => state.document);
  const found = useProblems().filter((problem) => problem.severity === severity);
  if (found.length === 0) return null;
  return (
    <ul
      className={classes.found}
      data-severity={severity}
      aria-label={t(severity === "error" ? "problemsTitle" : "hints")}
    >
      {found.slice(0, MOST).map((problem, i) => {
        const node = problem.node === undefined ? undefined : nodeOf(document, problem.node);
        const where = node ? nameOf(node) : t("wholeJourney");
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a finding has no identity but its place
          <li key={`${problem.code}-${i}`}>
            <Icon name="warning" size={14} />
            <button
              type="button"
              title={t("jump", { name: where })}
              onClick={() => {
                onGo();
                goTo(problem);
              }}
              data-testid={`${severity === "error" ? "blocks" : "hint"}-${problem.code}`}
            >
              <b dir="auto">{where}</b> {sayProblem(problem, node, locale)}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
