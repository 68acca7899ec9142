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

/** What is worth a look before publishing, by its step; a click goes there. */
export function PublishHints({ onGo }: { onGo(): void }) {
  const t = useT("designer");
  const { locale } = useShelf();
  const nameOf = useName();
  const goTo = useGoTo();
  const document = useDesigner((state) => state.document);
  const hints = useProblems().filter((problem) => problem.severity === "warning");
  if (hints.length === 0) return null;
  return (
    <ul className={classes.hints} aria-label={t("hints")}>
      {hints.slice(0, MOST).map((problem, i) => {
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
              data-testid={`hint-${problem.code}`}
            >
              <b>{where}</b> {sayProblem(problem, node, locale)}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
