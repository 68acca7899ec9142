import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import type { JourneyNode } from "@/core/journey/document";
import type { useT } from "../../../_i18n/use-t";
import type { Brought } from "./brought";
import type { Saved } from "./sync";

type T = ReturnType<typeof useT<"designer">>;
/** In whose words things are told: `list` sets names one behind the other, `steps` does it with those of steps. */
export type Words = { t: T; list(names: string[]): string; steps(nodes: JourneyNode[]): string };

/** Says that unsaved edits of a window that is gone are back, and offers to discard them. */
export function tellRecovered(t: T, discard: () => void): void {
  offer("recovered", t("recovered"), t("recoveredHint"), { text: t("discard"), work: discard });
}

/** Says that so many lines drawn from these steps lead nowhere, since a colleague deleted where they led to, and leads to where they began. */
export function tellLost({ t, steps }: Words, count: number, from: JourneyNode[], show: () => void): void {
  const text = t("conflict.showLost", { count });
  offer("lost", undefined, t("conflict.lostLines", { count, steps: steps(from) }), { text, work: show });
}

/** Says which steps hang loose in what was joined, and leads to them. */
export function tellLoose({ t, steps }: Words, loose: JourneyNode[], show: () => void): void {
  const { length: count } = loose;
  const text = t("conflict.showLoose", { count });
  offer("loose", undefined, t("conflict.looseJoined", { count, steps: steps(loose) }), { text, work: show });
}

/** Says what a colleague, or another window of one's own, brought to the drawing. */
export function tellJoined({ t, list, steps }: Words, saved: Saved | null, came: Brought): void {
  const named = (nodes: JourneyNode[]) => (nodes.length > 0 ? [steps(nodes)] : []);
  const more = [...(came.hasSettings ? [t("conflict.settings")] : []), ...(came.hasNotes ? [t("conflict.notes")] : [])];
  const lines = (
    [
      ["added", named(came.added)],
      ["changed", [...named(came.changed), ...more]],
      ["removed", named(came.removed)],
    ] as const
  ).filter(([, said]) => said.length > 0);
  notifications.show({
    id: "joined",
    autoClose: 8_000,
    title: saved?.isOwn ? t("conflict.joinedOwn") : t("conflict.joined", { by: saved?.by ?? t("conflict.someone") }),
    message: lines.map(([is, said]) => <div key={is}>{t(`conflict.${is}`, { what: list([...said]) })}</div>),
    "data-testid": "joined",
  });
}

function offer(id: string, title: string | undefined, message: string, { text, work }: { text: string; work(): void }) {
  notifications.show({
    id,
    title,
    autoClose: 12_000,
    message: (
      <>
        {message}{" "}
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => {
            work();
            notifications.hide(id);
          }}
        >
          {text}
        </Button>
      </>
    ),
  });
}
