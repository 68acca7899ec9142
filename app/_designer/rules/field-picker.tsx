"use client";
import { Popover } from "@mantine/core";
import { type ReactElement, useId, useMemo, useRef, useState } from "react";
import type { Rule } from "@/core/rules/rule";
import { useT } from "../../_i18n/use-t";
import { Icon } from "../../_ui/icons";
import pick from "../canvas/picking/pick.module.css";
import { useShelf } from "../shelf";
import classes from "./builder.module.css";
import { fieldAt, fieldsIn, type RuleScope } from "./fields";
import { FRESH_BEHAVIOUR, freshLeaf } from "./fresh";

type Choice = { key: string; name: string; group: string; search: string; rule: Rule };

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
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const listId = useId();
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
  const go = (to: number) => {
    const next = Math.max(0, Math.min(shown.length - 1, to));
    setAt(next);
    list.current?.querySelectorAll("[role=option]")[next]?.scrollIntoView({ block: "nearest" });
  };
  const chosen = shown[Math.min(at, shown.length - 1)];
  return (
    <div className={classes.menu} data-testid="field-picker">
      <div className={pick.search}>
        <Icon name="search" size={15} />
        <input
          data-autofocus
          value={query}
          placeholder={t("searchField")}
          aria-label={t("pickField")}
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={chosen && `${listId}-${chosen.key}`}
          aria-autocomplete="list"
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={(event) => {
            if (event.key === "ArrowDown" || event.key === "ArrowUp") {
              event.preventDefault();
              go(at + (event.key === "ArrowDown" ? 1 : -1));
            } else if (event.key === "Enter" && chosen && !event.nativeEvent.isComposing) {
              event.preventDefault();
              onPick(chosen.rule);
            } else if (event.key === "Escape") {
              event.stopPropagation();
              onClose();
            }
          }}
        />
      </div>
      <div ref={list} id={listId} className={pick.list} role="listbox" aria-label={t("pickField")}>
        {shown.map((choice, i) => (
          <div key={choice.key}>
            {shown[i - 1]?.group !== choice.group && (
              <div className={pick.group} role="presentation">
                {choice.group}
              </div>
            )}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the search field holds the keyboard for the whole list */}
            <div
              role="option"
              id={`${listId}-${choice.key}`}
              tabIndex={-1}
              aria-selected={choice === chosen}
              className={pick.item}
              data-testid={`field-${choice.key}`}
              onPointerMove={() => setAt(i)}
              onClick={() => onPick(choice.rule)}
            >
              <span className={pick.name} style={{ fontWeight: 450 }}>
                {choice.name}
              </span>
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}
