"use client";
import { useEffect, useRef } from "react";
import type { Rule } from "@/core/rules/rule";
import { useFindingsAt } from "../../problems/findings";
import { type Path, placeKey } from "../../problems/place";
import classes from "../builder.module.css";
import { BehaviourRow } from "./behaviour-row";
import { LeafRow } from "./leaf-row";
import type { RowProps } from "./row-props";

/** One condition: what, how it compares, with what. */
export function RuleRow({
  rule,
  at,
  isPicked,
  onReached,
  ...shared
}: RowProps & {
  rule: Rule;
  /** Where it stands in its step's config; undefined of a rule that is no step's. */
  at: Path | undefined;
  /** What it is about was chosen just now: the keyboard goes on with its value. */
  isPicked: boolean;
  /** The keyboard has come to the value. */
  onReached(): void;
}) {
  const row = useValueFocus({ isPicked, onReached });
  const found = useFindingsAt(at);
  const worst = found.find(({ severity }) => severity === "error")?.severity ?? found[0]?.severity;
  return (
    <div
      ref={row}
      className={classes.row}
      data-place={at && placeKey(at)}
      data-worst={worst}
      data-testid={"field" in rule ? `rule-row-${rule.field}` : "rule-row-did"}
    >
      {"did" in rule && <BehaviourRow rule={rule} {...shared} />}
      {"field" in rule && <LeafRow leaf={rule} {...shared} />}
      {found.map(({ says }) => (
        <p key={says} className={classes.wrong} data-testid="rule-problem">
          {says}
        </p>
      ))}
    </div>
  );
}

/** Takes the keyboard to a row's value once its field is chosen; where it has none, to the first thing it asks. */
function useValueFocus({ isPicked, onReached }: { isPicked: boolean; onReached(): void }) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isPicked) return;
    const find = (what: string) => row.current?.querySelector<HTMLElement>(what);
    (find("[data-value] :is(input:not([type=hidden]), button)") ?? find("input:not([type=hidden])"))?.focus();
    onReached();
  }, [isPicked, onReached]);
  return row;
}
