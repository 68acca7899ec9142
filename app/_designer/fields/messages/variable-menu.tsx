"use client";
import { Button, Menu, TextInput } from "@mantine/core";
import { IconBraces } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useT } from "../../../_i18n/use-t";
import { useSay } from "../../shelf";
import classes from "../fields.module.css";
import type { Variable } from "./variables";

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
  const found = variables.filter(({ name, liquid }) =>
    `${name.en} ${name["zh-CN"]} ${liquid}`.toLowerCase().includes(wanted),
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
  return (
    <Menu
      zIndex={210}
      position="bottom-end"
      width={300}
      shadow="md"
      returnFocus={false}
      opened={isOpen || isBegun}
      onOpen={() => setOpen(true)}
      onClose={() => end(query)}
      keepMounted={false}
    >
      <Menu.Target>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          leftSection={<IconBraces size={13} />}
          aria-label={`${t("variablesLabel")}: ${label}`}
        >
          {t("variables")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <TextInput
          size="xs"
          m={4}
          data-autofocus
          placeholder={p("searchValue")}
          aria-label={p("searchValue")}
          value={query}
          onChange={({ target: { value } }) => {
            const known = variables.find(({ liquid }) => plain(liquid) === plain(`{{${value}`));
            if (!isBegun || !value.endsWith("}}")) setQuery(value);
            else if (known) pick(known.liquid);
            else end(value);
          }}
          onKeyDown={(event) => {
            const first = found[0];
            if (event.key !== "Enter" || !first) return;
            event.preventDefault();
            pick(first.liquid);
          }}
        />
        <div className={classes.values}>
          {GROUPS.map((group) => {
            const own = found.filter((variable) => variable.group === group);
            return own.length === 0 ? null : (
              <div key={group}>
                <Menu.Label>{t(`group.${group}`)}</Menu.Label>
                {own.map((variable) => (
                  <Menu.Item
                    key={variable.liquid}
                    closeMenuOnClick={false}
                    onClick={() => pick(variable.liquid)}
                    title={`${variable.liquid} · ${p(`type.${variable.type}`)}`}
                  >
                    <span className={classes.value}>
                      {say(variable.name)}
                      <small>
                        {p(`type.${variable.type}`)} · {say(variable.sample)}
                      </small>
                    </span>
                  </Menu.Item>
                ))}
              </div>
            );
          })}
          {found.length === 0 && <p className={classes.hint}>{p("noValue")}</p>}
        </div>
      </Menu.Dropdown>
    </Menu>
  );
}

const plain = (liquid: string): string => liquid.replace(/\s+/g, "");
