"use client";
import { Popover } from "@mantine/core";
import { type ReactElement, useMemo, useState } from "react";
import type { Rule } from "@/core/rules/rule";
import { useT } from "../../_i18n/use-t";
import { type Listed, SearchList } from "../canvas/picking/search-list";
import { useShelf } from "../shelf";
import classes from "./builder.module.css";
import { fieldAt, fieldsIn, type RuleScope } from "./fields";
import { FRESH_BEHAVIOUR, freshLeaf } from "./fresh";

type Choice = Listed & { search: string; rule: Rule };

/** Chooses what a condition is about: a property of the event, the member, the entry event, a coupon of the run, or past behaviour. */
export function FieldPicker({
  scope,
  onPick,
  target,
}: {
  scope: RuleScope;
  onPick(rule: Rule): void;
  target(open: () => void): ReactElement;
}) {
  const [isOpen, setOpen] = useState(false);
  const [isPicked, setPicked] = useState(false);
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-start"
      shadow="md"
      trapFocus
      // What is chosen takes the keyboard to its value; only a list that is left goes back to where it was opened.
      returnFocus={!isPicked}
      zIndex={210}
      withinPortal
      // As tall as the window leaves it: a list that runs out of sight cannot be scrolled to its end.
      middlewares={{
        flip: true,
        shift: true,
        size: {
          padding: 8,
          apply: ({ availableHeight, elements }) =>
            elements.floating.style.setProperty("--room", `${Math.max(160, availableHeight)}px`),
        },
      }}
    >
      <Popover.Target>
        {target(() => {
          setPicked(false);
          setOpen((was) => !was);
        })}
      </Popover.Target>
      <Popover.Dropdown p={0}>
        {isOpen && (
          <Menu
            scope={scope}
            onPick={(rule) => {
              setPicked(true);
              setOpen(false);
              onPick(rule);
            }}
            onClose={() => setOpen(false)}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function Menu({ scope, onPick, onClose }: { scope: RuleScope; onPick(rule: Rule): void; onClose(): void }) {
  const t = useT("designerFields");
  const { locale } = useShelf();
  const [query, setQuery] = useState("");
  const choices = useMemo(
    (): Choice[] => [
      ...fieldsIn(scope).map(
        (field): Choice => ({
          key: field.path,
          name: field.name[locale],
          group: t(`of.${field.of}`),
          search: `${field.name.en} ${field.name["zh-CN"]} ${field.path}`.toLowerCase(),
          rule: freshLeaf(field),
        }),
      ),
      {
        key: "did",
        name: t("didEvent"),
        group: t("of.did"),
        search: `did done event behaviour 行为 做过 ${t("didEvent")}`.toLowerCase(),
        rule: FRESH_BEHAVIOUR,
      },
    ],
    [locale, scope, t],
  );
  const wanted = query.trim().toLowerCase();
  const own =
    wanted && /^[\w.-]+$/.test(query.trim())
      ? [...(scope.event ? ["event"] : []), ...(scope.entry ? ["entry"] : []), "member.attributes"]
      : [];
  const shown = [
    ...choices.filter((choice) => choice.search.includes(wanted) || choice.group.toLowerCase().includes(wanted)),
    ...own.flatMap((root): Choice[] => {
      const path = `${root}.${query.trim()}`;
      if (choices.some(({ key }) => key === path)) return [];
      const choice = {
        key: `own-${path}`,
        name: t("use", { name: path }),
        group: root === "member.attributes" ? t("ownAttribute") : t("ownProperty"),
        search: "",
        rule: freshLeaf(fieldAt(path, scope)),
      };
      return [choice];
    }),
  ];
  return (
    <div className={classes.menu} data-testid="field-picker">
      <SearchList
        label={t("pickField")}
        placeholder={t("searchField")}
        query={query}
        onQuery={setQuery}
        shown={shown}
        onPick={({ rule }) => onPick(rule)}
        onClose={onClose}
      />
    </div>
  );
}
