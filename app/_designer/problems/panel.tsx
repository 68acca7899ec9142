"use client";
import { ActionIcon, Button } from "@mantine/core";
import { useT } from "../../_i18n/use-t";
import { Icon } from "../../_ui/icons";
import { configure } from "../edit/change";
import { nodeOf } from "../edit/place";
import { portsOf } from "../kinds";
import { useTakesFocus } from "../panels/use-takes-focus";
import { useSay, useShelf } from "../shelf";
import { useDesigner, useEditor } from "../store/use-designer";
import { useName } from "../use-says";
import classes from "./panel.module.css";
import { sayProblem } from "./say-problem";
import { useGoTo } from "./use-go-to";
import { useProblems } from "./use-problems";

/** Everything found about the drawing, errors first; a click goes there, and what can be mended is mended in one. */
export function ProblemsPanel() {
  const isOpen = useDesigner((state) => state.panel === "problems");
  return isOpen ? <Found /> : null;
}

function Found() {
  const t = useT("designer");
  const say = useSay();
  const { locale } = useShelf();
  const nameOf = useName();
  const { store, edit } = useEditor();
  const goTo = useGoTo();
  const document = useDesigner((state) => state.document);
  const mayDraw = useDesigner((state) => state.mayDraw);
  const panel = useTakesFocus<HTMLElement>();
  const problems = useProblems().toSorted((a, b) => (a.severity === b.severity ? 0 : a.severity === "error" ? -1 : 1));
  const close = () => store.setState({ panel: undefined });
  return (
    <section
      ref={panel}
      tabIndex={-1}
      className={classes.panel}
      aria-label={t("problemsTitle")}
      data-problems
      data-testid="problems"
    >
      <header className={classes.head}>
        <h2>{t("problemsTitle")}</h2>
        <ActionIcon data-skip variant="subtle" color="gray" aria-label={t("node.closed")} onClick={close}>
          <Icon name="close" size={16} />
        </ActionIcon>
      </header>
      {problems.length === 0 && (
        <p className={classes.none}>
          <Icon name="check" size={16} />
          {t("problemsNone")}
        </p>
      )}
      <ul className={classes.list} aria-live="polite">
        {problems.map((problem, i) => {
          const { severity, node: id, fix, code } = problem;
          const node = id === undefined ? undefined : nodeOf(document, id);
          const says = sayProblem(problem, node, locale);
          const where = node ? nameOf(node) : t("wholeJourney");
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a finding has no identity but its place
            <li key={`${code}-${id ?? ""}-${i}`} data-severity={severity} data-testid={`problem-${code}`}>
              <button
                type="button"
                className={classes.go}
                aria-label={`${severity === "error" ? t("problemError") : t("problemWarning")}: ${says} ${t("jump", { name: where })}`}
                onClick={() => goTo(problem)}
              >
                <span className={classes.mark}>
                  <Icon name="warning" size={15} />
                </span>
                <span>
                  <b dir="auto">{where}</b>
                  {says}
                </span>
              </button>
              {fix && mayDraw && (
                <Button
                  size="compact-xs"
                  variant="light"
                  onClick={() =>
                    edit(
                      configure(
                        fix.patch.node,
                        { ...nodeOf(document, fix.patch.node)?.config, ...fix.patch.config },
                        portsOf,
                      ),
                      { select: [fix.patch.node] },
                    )
                  }
                >
                  {say(fix.says)}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
