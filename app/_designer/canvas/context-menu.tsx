"use client";
import { Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { memo, type RefObject, useMemo } from "react";
import type { JourneyDocument, JourneyEdge } from "@/core/journey/document";
import { useT } from "../../_i18n/use-t";
import { useKeysNamed } from "../../_ui/names/use-keys-named";
import { useFocusBack } from "../../_ui/page/use-focus-back";
import { COMMANDS } from "../commands/table";
import { disconnect } from "../edit/connect";
import { branchOf, type Fold, withBranch } from "../edit/fold";
import { isNote, noteId } from "../edit/notes";
import { edgesFrom, nodeOf, type Point, placeKey } from "../edit/place";
import { portsOf } from "../kinds";
import { useSay } from "../shelf";
import type { Asked } from "../store/designer";
import { put, read } from "../store/system-clipboard";
import type { Commands } from "../store/use-commands";
import { useDesigner, useEditor } from "../store/use-designer";
import { useName } from "../use-says";
import classes from "./context-menu.module.css";
import { focusNode } from "./focus";
import { around } from "./use-connecting";

type Item = { key: string; text: string; keys?: string; isOff?: boolean; isBad?: boolean; work(): void } | "line";

/** What can be done with what was clicked by the right button, or asked for by the keyboard's menu key. */
export const ContextMenu = memo(function ContextMenu({
  root,
  commands,
  positions,
  folds,
}: {
  root: RefObject<HTMLElement | null>;
  commands: Commands;
  positions: RefObject<Record<string, Point>>;
  folds: Map<string, Fold>;
}) {
  const asked = useDesigner((state) => state.asked);
  const { store } = useEditor();
  const named = useKeysNamed();
  const c = useT("designerCanvas");
  useFocusBack(asked !== undefined);
  const items = useItems(asked, root, commands, positions, folds);
  if (!asked) return null;
  const close = () => store.setState({ asked: undefined });
  return (
    <Menu
      opened
      onChange={close}
      position="bottom-start"
      shadow="md"
      zIndex={210}
      width={248}
      offset={2}
      key={`${asked.x} ${asked.y}`}
    >
      <Menu.Target>
        <button
          type="button"
          tabIndex={-1}
          className={classes.anchor}
          style={{ left: asked.x, top: asked.y }}
          aria-label={c("menu.title")}
        />
      </Menu.Target>
      <Menu.Dropdown data-testid="context-menu">
        {items.map((item, i) =>
          item === "line" ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: a rule has no identity but its place
            <Menu.Divider key={i} />
          ) : (
            <Menu.Item
              key={item.key}
              color={item.isBad ? "danger" : undefined}
              disabled={item.isOff}
              rightSection={item.keys && <kbd className={classes.keys}>{named(item.keys)}</kbd>}
              onClick={() => {
                close();
                item.work();
              }}
              data-testid={`menu-${item.key}`}
            >
              {item.text}
            </Menu.Item>
          ),
        )}
      </Menu.Dropdown>
    </Menu>
  );
});

function useItems(
  asked: Asked | undefined,
  root: RefObject<HTMLElement | null>,
  commands: Commands,
  positions: RefObject<Record<string, Point>>,
  folds: Map<string, Fold>,
): Item[] {
  const t = useT("designer");
  const c = useT("designerCanvas");
  const k = useT("designerCommands");
  const named = useKeysNamed();
  const { store, edit, select } = useEditor();
  const document = useDesigner((state) => state.document);
  const say = useSay();
  const nameOf = useName();
  return useMemo(() => {
    if (!asked) return [];
    const paste: Item = {
      key: "paste",
      text: k("paste"),
      keys: COMMANDS.paste.keys[0],
      work: () =>
        void read().then((text) =>
          text !== undefined
            ? commands.pasteText(text, positions.current, asked.at)
            : notifications.show({
                id: "paste",
                message: c("menu.pasteByKey", { keys: named(COMMANDS.paste.keys[0]) }),
                autoClose: 6000,
              }),
        ),
    };
    /** By the way it leaves, where there are several; else by the step it leads to. */
    const wayText = (drawn: JourneyDocument, { from, port, to }: JourneyEdge): string => {
      const [node, target] = [nodeOf(drawn, from), nodeOf(drawn, to)];
      const ports = node ? portsOf(node) : [];
      const way = ports.length > 1 ? ports.find(({ id }) => id === port) : undefined;
      if (way) return c("menu.disconnectWay", { port: say(way.name) });
      return target ? c("menu.disconnectTo", { name: nameOf(target) }) : c("menu.disconnect");
    };
    const copy = (isCut: boolean): Item => ({
      key: isCut ? "cut" : "copy",
      text: k(isCut ? "cut" : "copy"),
      keys: COMMANDS[isCut ? "cut" : "copy"].keys[0],
      work() {
        const text = commands.copyText();
        if (text === undefined) return;
        void put(text).then(() => isCut && commands.remove());
      },
    });
    if ("pane" in asked)
      return [
        {
          key: "add",
          text: c("menu.add"),
          work: () => store.setState({ picking: { at: around(asked.at) } }),
        },
        { key: "note", text: c("menu.note"), keys: COMMANDS.note.keys[0], work: () => commands.stick(asked.at) },
        paste,
        "line",
        { key: "all", text: k("all"), keys: COMMANDS.all.keys[0], work: commands.selectAll },
        { key: "tidy", text: k("tidy"), keys: COMMANDS.tidy.keys[0], work: commands.tidy },
        {
          key: "unfold",
          text: k("unfoldAll"),
          isOff: folds.size === 0,
          work: () => commands.unfold([...folds.keys()]),
        },
      ];
    if ("wire" in asked) {
      const edge = document.edges.find((one) => placeKey(one) === asked.wire);
      if (!edge) return [];
      const branch = branchOf(document, edge, portsOf);
      return [
        { key: "insert", text: t("insertHere"), work: () => store.setState({ picking: { place: edge } }) },
        {
          key: "fold",
          text: folds.has(asked.wire) ? c("unfold") : c("fold"),
          isOff: branch.length === 0,
          work: () => commands.fold(edge),
        },
        {
          key: "branch",
          text: c("menu.selectBranch"),
          isOff: branch.length === 0,
          work: () => select(branch),
        },
        "line",
        {
          key: "cutLine",
          text: c("menu.disconnect"),
          keys: COMMANDS.remove.keys[0],
          isBad: true,
          work: () => edit(disconnect([edge])),
        },
      ];
    }
    const { node } = asked;
    if (isNote(node))
      return [
        { key: "write", text: c("note.write"), work: () => store.setState({ writing: noteId(node) }) },
        "line",
        copy(true),
        copy(false),
        {
          key: "duplicate",
          text: k("duplicate"),
          keys: COMMANDS.duplicate.keys[0],
          work: () => void commands.duplicate(positions.current),
        },
        "line",
        {
          key: "remove",
          text: k("remove"),
          keys: COMMANDS.remove.keys[0],
          isBad: true,
          work: () => void commands.remove(),
        },
      ];
    const isEntry = node === document.entry;
    const hasBranch = withBranch(document, node, portsOf).length > 1;
    const isFolded = [...folds.values()].some((fold) => fold.place.from === node);
    return [
      {
        key: "add",
        text: t("addHere"),
        keys: COMMANDS.add.keys[0],
        isOff: !commands.wayAfter(node),
        work: () => store.setState({ picking: { node } }),
      },
      ...(isEntry
        ? []
        : [
            {
              key: "replace",
              text: k("replace"),
              keys: COMMANDS.replace.keys[0],
              work: () => store.setState({ picking: { replace: node } }),
            },
          ]),
      { key: "rename", text: k("rename"), keys: COMMANDS.rename.keys[0], work: () => commands.rename(node) },
      { key: "branch", text: c("menu.selectBranch"), isOff: !hasBranch, work: () => commands.selectBranch(node) },
      {
        key: "fold",
        text: isFolded ? c("unfold") : c("fold"),
        keys: COMMANDS.fold.keys[0],
        isOff: !hasBranch && !isFolded,
        work: () => commands.foldBelow(node),
      },
      // A line takes no focus: the keyboard finds it at the step it leaves.
      ...edgesFrom(document, node).map((edge) => ({
        key: `cutLine-${edge.port}`,
        text: wayText(document, edge),
        isBad: true,
        work: () => edit(disconnect([edge])),
      })),
      "line",
      ...(isEntry ? [] : [copy(true), copy(false)]),
      paste,
      ...(isEntry
        ? []
        : [
            {
              key: "duplicate",
              text: k("duplicate"),
              keys: COMMANDS.duplicate.keys[0],
              work: () => void commands.duplicate(positions.current),
            },
            "line" as const,
            {
              key: "remove",
              text: k("remove"),
              keys: COMMANDS.remove.keys[0],
              isBad: true,
              work() {
                const heir = commands.remove();
                if (heir !== undefined) focusNode(root.current, heir);
              },
            },
          ]),
    ];
  }, [asked, commands, document, edit, folds, positions, root, select, store, t, c, k, named, say, nameOf]);
}
