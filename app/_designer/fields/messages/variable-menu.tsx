"use client";
import { Button, Menu, TextInput } from "@mantine/core";
import { IconBraces } from "@tabler/icons-react";
import { useState } from "react";
import { useT } from "../../../_i18n/use-t";
import { useSay } from "../../shelf";
import classes from "../fields.module.css";
import type { Variable } from "./variables";

const GROUPS: Variable["group"][] = ["member", "coupon", "event", "answer", "links", "workspace"];

/** The values a template may name, with their type and what they look like; searched by typing. */
export function VariableMenu({
  label,
  variables,
  onPick,
}: {
  label: string;
  variables: Variable[];
  onPick(liquid: string): void;
}) {
  const t = useT("designerFields");
  const p = useT("designerPreview");
  const say = useSay();
  const [query, setQuery] = useState("");
  const wanted = query.trim().toLowerCase();
  const found = variables.filter(({ name, liquid }) =>
    `${name.en} ${name["zh-CN"]} ${liquid}`.toLowerCase().includes(wanted),
  );
  return (
    <Menu
      zIndex={210}
      position="bottom-end"
      width={300}
      shadow="md"
      returnFocus={false}
      onClose={() => setQuery("")}
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
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => {
            const first = found[0];
            if (event.key !== "Enter" || !first) return;
            event.preventDefault();
            onPick(first.liquid);
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
                    onClick={() => onPick(variable.liquid)}
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
