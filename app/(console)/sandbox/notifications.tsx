"use client";
import { isolated } from "../../_i18n/isolated";
import { useT } from "../../_i18n/use-t";
import { PushView } from "../../_ui/message/message-views";
import { EmptyState } from "../../_ui/page/empty-state";
import { When } from "../../_ui/time/when";
import type { Received } from "./received";
import classes from "./sandbox.module.css";

/** Push notifications as they stack on a lock screen, newest first. */
export function Notifications({ pushes }: { pushes: Received[] }) {
  const t = useT("sandbox");
  return (
    <div className={classes.device}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div className={classes.lock} tabIndex={0} role="log" aria-label={t("pushes")}>
        {pushes.length === 0 && <EmptyState small icon="push" title={t("emptyPush")} />}
        {pushes.map((push) => (
          <PushView
            key={push.id}
            title={push.title ?? ""}
            body={push.body ?? push.text ?? ""}
            url={push.url}
            at={
              <>
                {push.memberName && `${isolated(push.memberName)} · `}
                <When at={push.at} />
              </>
            }
          />
        ))}
      </div>
    </div>
  );
}
