"use client";
import { Button, Popover } from "@mantine/core";
import { IconBraces } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useT } from "../../../_i18n/use-t";
import { type Listed, SearchList } from "../../canvas/picking/search-list";
import { useSay } from "../../shelf";
import classes from "../fields.module.css";
import type { Variable } from "./variables";

type Choice = Listed & { liquid: string };

const GROUPS: Variable["group"][] = ["member", "coupon", "event", "answer", "links", "workspace"];

/**
 * The values a template may name, with their type and what they look like; searched by typing. `isBegun`: it stands open because {{ was typed,
 * and whoever types on to }} by hand, or leaves, gets what they typed.
 */
export function VariableMenu({
  label,
  variables,
  isBegun,
  onPick,
  onEnd,
}: {
  label: string;
  variables: Variable[];
  isBegun: boolean;
  onPick(liquid: string): void;
  /** It closes; `typed`: what stands behind the {{ then, where nothing was picked. */
  onEnd(typed?: string): void;
}) {
  const t = useT("designerFields");
  const p = useT("designerPreview");
  const say = useSay();
  const [query, setQuery] = useState("");
  const [isOpen, setOpen] = useState(false);
  const isDone = useRef(false);
  const wanted = query.trim().toLowerCase();
  const shown = GROUPS.flatMap((group) =>
    variables
      .filter(
        (one) =>
          one.group === group && `${one.name.en} ${one.name["zh-CN"]} ${one.liquid}`.toLowerCase().includes(wanted),
      )
      .map(
        ({ liquid, name, type, sample }): Choice => ({
          key: plain(liquid),
          liquid,
          name: say(name),
          group: t(`group.${group}`),
          about: `${p(`type.${type}`)} · ${say(sample)}`,
        }),
      ),
  );
  const end = (typed?: string) => {
    if (isBegun || isOpen) onEnd(isDone.current ? undefined : typed);
    isDone.current = false;
    setOpen(false);
    setQuery("");
  };
  const pick = (liquid: string) => {
    isDone.current = true;
    onPick(liquid);
    end();
  };
  const write = (next: string) => {
    const known = variables.find(({ liquid }) => plain(liquid) === plain(`{{${next}`));
    if (!isBegun || !next.endsWith("}}")) setQuery(next);
    else if (known) pick(known.liquid);
    else end(next);
  };
  const isShown = isOpen || isBegun;
  return (
    <Popover
      zIndex={210}
      position="bottom-end"
      shadow="md"
      trapFocus
      returnFocus={false}
      opened={isShown}
      // Its search field closes it on Escape, once.
      closeOnEscape={false}
      onDismiss={() => end(query)}
      withinPortal
    >
      <Popover.Target>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          leftSection={<IconBraces size={13} />}
          aria-label={`${t("variablesLabel")}: ${label}`}
          onClick={() => (isShown ? end(query) : setOpen(true))}
        >
          {t("variables")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        {isShown && (
          <div className={classes.values}>
            <SearchList
              label={p("searchValue")}
              placeholder={p("searchValue")}
              query={query}
              onQuery={write}
              shown={shown}
              none={p("noValue")}
              onPick={({ liquid }) => pick(liquid)}
              onClose={() => end(query)}
            />
          </div>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

const plain = (liquid: string): string => liquid.replace(/\s+/g, "");
