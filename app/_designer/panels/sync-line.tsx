"use client";
import { useT } from "../../_i18n/use-t";
import { Icon } from "../../_ui/icons";
import { SignInLink } from "../../_ui/page/sign-in-link";
import type { SyncState } from "../store/saving/sync";
import { useDesigner } from "../store/use-designer";
import classes from "./panels.module.css";

/** Whether what is drawn is saved; where it is not, why, and what can be done about it. */
export function SyncLine() {
  const text = useSays();
  const sync = useDesigner((state) => state.sync);
  return (
    <span className={classes.sync} data-state={sync.is} role="status" data-testid="sync">
      {sync.is === "saved" ? <Icon name="check" size={14} /> : <i />}
      <span>
        {text(sync)}{" "}
        {sync.is === "refused" && (sync.why === "signed_out" || sync.why === "somebody_else") && (
          <SignInLink isAnother={sync.why === "somebody_else"} />
        )}
      </span>
    </span>
  );
}

function useSays(): (sync: SyncState) => string {
  const t = useT("designer");
  return (sync) => {
    if (sync.is !== "refused") return t(`sync.${sync.is}`);
    switch (sync.why) {
      case "signed_out":
        return t("sync.signedOut");
      case "archived":
        return t("sync.archived");
      case "somebody_else":
      case "other":
        return t("sync.refused", { detail: sync.detail });
      default:
        return sync.why satisfies never;
    }
  };
}
