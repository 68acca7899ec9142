"use client";
import type { TaskView } from "@/services/tasks/task-view";
import { useT } from "../../_i18n/use-t";
import type { Wire } from "../../_ui/live/wire";

/** Whose a task is, who closed it, and how it ended, in the reader's words. */
export function useTaskWords() {
  const t = useT("tasks");
  const roles: Record<string, string> = {
    owner: t("role.owner"),
    marketer: t("role.marketer"),
    approver: t("role.approver"),
    ops: t("role.ops"),
    merchant_manager: t("role.merchant_manager"),
    store_manager: t("role.store_manager"),
    cashier: t("role.cashier"),
  };
  const roleName = (role: string) => roles[role] ?? role;
  return {
    whose({ role, escalatedTo }: Pick<Wire<TaskView>, "role" | "escalatedTo">): string {
      if (role === null) return t("ofMember");
      const own = roleName(role);
      return escalatedTo ? `${own}, ${t("escalated", { role: roleName(escalatedTo) })}` : own;
    },
    who(signature: string | null): string | undefined {
      if (signature === null) return undefined;
      if (signature === "member") return t("theMember");
      return signature.startsWith("user:") ? t("person") : t("key");
    },
    ended({ kind, outcome, outcomes }: Pick<Wire<TaskView>, "kind" | "outcome" | "outcomes">): string | undefined {
      if (outcome === null) return undefined;
      if (kind === "approval") return t(outcome === "approved" ? "approved" : "rejected");
      return outcomes.find((one) => one.id === outcome)?.name ?? outcome;
    },
  };
}
