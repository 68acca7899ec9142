import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import type { useT } from "../../../_i18n/use-t";

type T = ReturnType<typeof useT<"designer">>;

/** Says that unsaved edits of a window that is gone are back, and offers to discard them. */
export function tellRecovered(t: T, discard: () => void): void {
  offer("recovered", t("recovered"), t("recoveredHint"), { text: t("discard"), work: discard });
}

/** Says that lines one drew lead nowhere, since a colleague deleted their steps, and leads to where they began. */
export function tellLost(t: T, count: number, show: () => void): void {
  offer("lost", undefined, t("conflict.lostLines", { count }), { text: t("conflict.showLost", { count }), work: show });
}

/** Says that steps hang loose in what was joined, and leads to them. */
export function tellLoose(t: T, count: number, show: () => void): void {
  offer("loose", undefined, t("conflict.looseJoined", { count }), {
    text: t("conflict.showLoose", { count }),
    work: show,
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
