"use client";
import { useT } from "../../_i18n/use-t";
import { useKeysNamed } from "../../_ui/names/use-keys-named";
import { usePageCommands } from "../../_ui/page-commands";
import { useSingleKeys } from "../../_ui/use-single-keys";
import { type Able, COMMANDS, listed, shownKeys } from "./table";

/** The parts that have commands, in the order in which these are listed. */
const PARTS = ["canvas", "bar", "state", "file"] as const;

/** Says what a part of the designer can do: ⌘K asks for it when it is opened. */
export function useAble(part: (typeof PARTS)[number], able: () => Able): void {
  const k = useT("designerCommands");
  const named = useKeysNamed();
  const [takesSingle] = useSingleKeys();
  usePageCommands(
    () =>
      listed(able()).map(([id, run]) => {
        const keys = shownKeys(id, takesSingle);
        return { id, label: k(id), icon: COMMANDS[id].icon, keys: keys && named(keys), run };
      }),
    PARTS.indexOf(part),
  );
}
