"use client";
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { initialOf } from "@/core/journey/ask-kind";
import type { Family } from "@/core/journey/kind";
import { CHANNELS, type ChannelKind } from "@/core/message/channel";
import { channels } from "@/core/message/channels/registry";
import type { Text } from "@/core/text";
import { useT } from "../../../_i18n/use-t";
import { Icon } from "../../../_ui/icons";
import type { Place } from "../../edit/place";
import { type Fresh, familyOf, kindIds, kindOf, portsOf } from "../../kinds";
import { useSay, useShelf } from "../../shelf";
import { useDesigner } from "../../store/use-designer";
import { useSays, useTitle } from "../../use-says";
import classes from "./pick.module.css";

export type Picked = Fresh | { existing: string };
type Item = {
  id: string;
  picked: Picked;
  family: Family;
  icon: Parameters<typeof Icon>[0]["name"];
  name: string;
  about: string;
  group: string;
  /** What else it is found by. */
  also?: string;
};

/**
 * The searchable list of steps that a "+" opens; by keyboard from its first letter to Enter. `ways` are the ports to choose from
 * when the step itself was asked for more; `existing` offers the steps a way could lead to.
 */
export function Pick({
  ways,
  way,
  onWay,
  canEnd,
  existing,
  replaces,
  onPick,
  onClose,
}: {
  ways: { place: Place; name: string }[];
  way: Place | undefined;
  onWay(place: Place): void;
  canEnd: boolean;
  existing: string[];
  /** The kind of the step in whose place another is wanted. */
  replaces?: string;
  onPick(picked: Picked): void;
  onClose(): void;
}) {
  const t = useT("designer");
  const k = useT("designerCommands");
  const say = useSay();
  const { locale } = useShelf();
  const titleOf = useTitle();
  const says = useSays();
  const nodes = useDesigner((state) => state.document.nodes);
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus({ preventScroll: true }), []);

  const items = useMemo(() => {
    const kinds = kindIds.flatMap((id): Item[] => {
      const kind = kindOf(id);
      if (
        !kind ||
        kind.family === "trigger" ||
        id === replaces ||
        (!canEnd && portsOf({ kind: id, config: initialOf(id) }).length === 0)
      )
        return [];
      const item: Item = {
        id: `kind-${id}`,
        picked: { kind: id },
        family: kind.family,
        icon: kind.icon,
        name: say(kind.name),
        about: say(kind.about),
        group: t(`family.${kind.family}`),
      };
      // A message is found by its channels too, and begins with the one that was looked for.
      return id === "send" && query.trim() !== ""
        ? [item, ...CHANNELS.map((channel) => by(item, channel, say))]
        : [item];
    });
    const others = existing.flatMap((id): Item[] => {
      const node = nodes.find((one) => one.id === id);
      if (!node) return [];
      return [
        {
          id: `node-${id}`,
          picked: { existing: id },
          family: familyOf(node.kind),
          icon: kindOf(node.kind)?.icon ?? "bolt",
          name: titleOf(node),
          about: says(node)
            .map((piece) => piece.text)
            .join(""),
          group: t("connectTo"),
        },
      ];
    });
    const wanted = query.trim().toLocaleLowerCase(locale);
    const matches = (item: Item) =>
      wanted === "" ||
      `${item.name} ${item.about} ${item.group} ${item.id} ${searchable(item)}`
        .toLocaleLowerCase(locale)
        .includes(wanted);
    // What is named like the search stands before what only mentions it.
    const rank = (item: Item) => {
      const at = item.name.toLocaleLowerCase(locale).indexOf(wanted);
      return at < 0 ? 2 : Math.min(at, 1);
    };
    const found = [...kinds, ...(wanted === "" ? [] : others)].filter(matches);
    const rest = wanted === "" ? others : [];
    return wanted === "" ? [...found, ...rest] : found.sort((a, b) => rank(a) - rank(b));
  }, [canEnd, existing, nodes, query, replaces, say, says, t, titleOf, locale]);
  const chosen = items[Math.min(at, items.length - 1)];

  useEffect(() => {
    list.current?.querySelector(`[data-id="${CSS.escape(chosen?.id ?? "")}"]`)?.scrollIntoView({ block: "nearest" });
  }, [chosen]);

  const onKey = (event: KeyboardEvent) => {
    event.stopPropagation();
    const step = (by: number) => {
      event.preventDefault();
      setAt((now) => (items.length === 0 ? 0 : (Math.min(now, items.length - 1) + by + items.length) % items.length));
    };
    if (event.key === "ArrowDown") step(1);
    else if (event.key === "ArrowUp") step(-1);
    else if (event.key === "Escape") {
      event.preventDefault();
      onClose();
    } else if (event.key === "Enter" && chosen && !event.nativeEvent.isComposing) {
      event.preventDefault();
      onPick(chosen.picked);
    } else if ((event.key === "ArrowLeft" || event.key === "ArrowRight") && ways.length > 1 && query === "") {
      event.preventDefault();
      const now = ways.findIndex((one) => one.place.port === way?.port);
      const next = ways[(now + (event.key === "ArrowRight" ? 1 : -1) + ways.length) % ways.length];
      if (next) onWay(next.place);
    }
  };

  return (
    <div
      className={`${classes.pick} nowheel nodrag`}
      role="dialog"
      aria-label={replaces === undefined ? t("addHere") : k("replace")}
      data-testid="picker"
      onKeyDown={onKey}
    >
      {ways.length > 1 && (
        <div className={classes.ways} role="radiogroup" aria-label={t("whichWay")}>
          {ways.map(({ place, name }) => (
            // biome-ignore lint/a11y/useSemanticElements: chips that the search field's arrow keys also move
            <button
              key={place.port}
              type="button"
              role="radio"
              aria-checked={place.port === way?.port}
              className={classes.wayChip}
              onClick={() => {
                onWay(place);
                input.current?.focus();
              }}
            >
              {name}
            </button>
          ))}
        </div>
      )}
      <div className={classes.search}>
        <Icon name="search" size={16} />
        <input
          ref={input}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
          placeholder={t("searchSteps")}
          aria-label={t("searchSteps")}
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={chosen && `${listId}-${chosen.id}`}
          aria-autocomplete="list"
          data-testid="picker-search"
        />
      </div>
      <div ref={list} id={listId} role="listbox" aria-label={t("palette")} className={classes.list}>
        {items.map((item, i) => (
          <div key={item.id}>
            {items[i - 1]?.group !== item.group && (
              <div className={classes.group} role="presentation">
                {item.group}
              </div>
            )}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the search field holds the keyboard for the whole list */}
            <div
              role="option"
              id={`${listId}-${item.id}`}
              data-id={item.id}
              aria-selected={item === chosen}
              className={classes.item}
              data-family={item.family}
              data-testid={`pick-${item.id}`}
              tabIndex={-1}
              onPointerMove={() => setAt(i)}
              onClick={() => onPick(item.picked)}
            >
              <span className={classes.icon}>
                <Icon name={item.icon} size={16} />
              </span>
              <span className={classes.words}>
                <span className={classes.name}>{item.name}</span>
                <span className={classes.about}>{item.about}</span>
              </span>
            </div>
          </div>
        ))}
        {items.length === 0 && <div className={classes.none}>{t("noSteps")}</div>}
      </div>
      <div className={classes.hint} aria-hidden>
        {t(replaces === undefined ? "pickerHint" : "replaceHint")}
      </div>
    </div>
  );
}

const by = (send: Item, channel: ChannelKind, say: (text: Text) => string): Item => {
  const { name, icon } = channels[channel];
  return {
    ...send,
    id: `${send.id}-${channel}`,
    picked: { kind: "send", preset: { channel } },
    icon,
    name: say(name),
    about: send.name,
    also: `${name.en} ${name["zh-CN"]}`,
  };
};

/** A kind is found by its name in either language, and a message by its channels. */
function searchable({ picked, also }: Item): string {
  if (also !== undefined) return also;
  if (!("kind" in picked)) return "";
  const kind = kindOf(picked.kind);
  return kind ? `${kind.name.en} ${kind.name["zh-CN"]} ${kind.about.en} ${kind.about["zh-CN"]}` : "";
}
