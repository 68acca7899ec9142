"use client";
import { useDebouncedValue } from "@mantine/hooks";
import { Spotlight, type SpotlightActionGroupData } from "@mantine/spotlight";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { useT } from "../../../_i18n/use-t";
import { Icon, type IconName, icons } from "../../../_ui/icons";
import { type PageCommand, readPageCommands } from "../../../_ui/page-commands";
import { useWorkspace } from "../../../_ui/workspace";
import { pages } from "../shell/pages";
import { readRecent, type Visit } from "./recent";
import classes from "./search.module.css";
import { chooseFirst, searchStore } from "./search-box";
import { useActions } from "./use-actions";
import { useFound } from "./use-found";
import { whyAsked } from "./why-asked";

/** Lists that are searched by a member's name or number: offered where there is such a member. */
const LISTS = [
  { key: "inRuns", href: "/runs", icon: "runs" },
  { key: "inMessages", href: "/messages", icon: "messages" },
  { key: "inMembers", href: "/members", icon: "members" },
] as const;
const isIcon = (name: string): name is IconName => Object.hasOwn(icons, name);

/**
 * ⌘K: to any page, thing or action by a few letters, first of all to what the open page does; “why did …” to the answer about a member; without
 * letters, to what was open last.
 */
export function Search() {
  const nav = useT("nav");
  const t = useT("search");
  const router = useRouter();
  const { id, may } = useWorkspace();
  const actions = useActions();
  const [query, setQuery] = useState("");
  const [recent, setRecent] = useState<Visit[]>([]);
  const [here, setHere] = useState<PageCommand[]>([]);
  const typed = query.trim();
  const [late] = useDebouncedValue(typed, 150);
  const mayAsk = may.includes("run.read");
  const asked = mayAsk ? whyAsked(typed) : undefined;
  const [meant, wanted] = [asked ?? typed, (mayAsk ? whyAsked(late) : undefined) ?? late];
  const {
    groups: found,
    hasMembers,
    isLooking,
  } = useFound(wanted, {
    why: asked !== undefined ? "only" : mayAsk ? "too" : "no",
  });
  const isHit = (label: string, key: string) => !typed || `${label} ${key}`.toLowerCase().includes(typed.toLowerCase());
  const item = (key: string, label: string, icon: IconName, run: () => void) => ({
    id: key,
    label,
    leftSection: <Icon name={icon} />,
    onClick: run,
  });
  // What the page does begins once the search is gone and the keyboard is back where it was: it may put it elsewhere.
  const chosen = useRef<() => void>(undefined);
  const groups: SpotlightActionGroupData[] = [
    {
      group: t("recent"),
      actions: typed
        ? []
        : recent.map(({ href, label, icon }) =>
            item(`recent ${href}`, label, isIcon(icon) ? icon : "go", () => router.push(href)),
          ),
    },
    {
      group: t("here"),
      actions: here
        .filter(({ label, id: key }) => isHit(label, key))
        .map(({ id: key, label, icon, keys, run }) => ({
          ...item(`here ${key}`, label, icon, () => {
            chosen.current = run;
          }),
          rightSection: keys && <kbd className={classes.keys}>{keys}</kbd>,
        })),
    },
    ...found,
    {
      group: nav("pages"),
      actions: pages
        .filter(({ key }) => isHit(nav(key), key))
        .map(({ key, href, icon }) => item(href, nav(key), icon, () => router.push(href))),
    },
    {
      group: t("actions"),
      actions: [
        ...actions
          .filter(({ id: key, label }) => isHit(label, key))
          .map(({ id: key, label, icon, run }) => item(`do ${key}`, label, icon, run)),
        ...(mayAsk && asked === undefined && isHit(t("why"), "why")
          ? [
              {
                ...item("do why", t("why"), "question", () => setQuery(`${t("whyDid")} `)),
                closeSpotlightOnTrigger: false,
              },
            ]
          : []),
      ],
    },
    {
      group: t("lists"),
      actions:
        typed && hasMembers
          ? LISTS.map(({ key, href, icon }) =>
              item(`in ${href}`, t(key, { query: meant }), icon, () =>
                router.push(`${href}?${new URLSearchParams({ q: meant })}`),
              ),
            )
          : [],
    },
  ].filter((group) => group.actions.length > 0);
  const lines = typed && groups.flatMap((group) => group.actions.map(({ id: line }) => line)).join("\n");
  useEffect(() => {
    if (lines) chooseFirst();
  }, [lines]);
  return (
    <Spotlight
      store={searchStore}
      actions={groups}
      query={query}
      onQueryChange={setQuery}
      onSpotlightOpen={() => {
        setRecent(readRecent(id));
        setHere(readPageCommands());
      }}
      onSpotlightClose={() => {
        const run = chosen.current;
        chosen.current = undefined;
        if (run) onceBack(run);
      }}
      filter={(_, all) => all}
      attributes={{ content: { "aria-label": t("title") } }}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, role: "group", "aria-label": t("found") } }}
      shortcut="mod + K"
      tagsToIgnore={[]}
      scrollable
      maxHeight={440}
      nothingFound={
        !typed
          ? nav("typeMore")
          : asked === ""
            ? t("whyWhom")
            : typed !== late || isLooking
              ? t("looking")
              : nav("nothing", { query: meant })
      }
      searchProps={{
        leftSection: <Icon name="search" />,
        // What was looked for last stays, and the next letter replaces it.
        onFocus: (event) => event.currentTarget.select(),
        placeholder: t("placeholder"),
        "aria-label": t("placeholder"),
      }}
    />
  );
}

/** Frames in which the search has long put the keyboard back and gone. */
const MOST_FRAMES = 60;
/** The library puts the keyboard back 10 ms after the search has gone: a timer that begins then and is longer ends behind that, on a busy page too. */
const BACK_MS = 20;

/** Once the search has put the keyboard back: what takes it from there would lose it again to a search that is not done. */
function onceBack(run: () => void, frames = MOST_FRAMES): void {
  requestAnimationFrame(() => {
    const isInside = document.activeElement?.closest(".mantine-Spotlight-content") != null;
    if (isInside && frames > 0) onceBack(run, frames - 1);
    else setTimeout(run, BACK_MS);
  });
}
