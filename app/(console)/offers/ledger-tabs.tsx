"use client";
import { SegmentedControl } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useT } from "../../_i18n/use-t";
import { useMay } from "../../_ui/workspace";
import { LEDGERS, type Ledger } from "./filters";

/** From what is offered to the coupons that are out, and to those that were used. Each list has filters of its own. */
export function LedgerTabs({ shown }: { shown: "offers" | Ledger }) {
  const t = useT("offers");
  const router = useRouter();
  const may = useMay("coupon.read");
  if (!may) return null;
  return (
    <SegmentedControl
      aria-label={t("show")}
      size="sm"
      value={shown}
      onChange={(next) => router.push(next === "offers" ? "/offers" : `/offers?show=${next}`)}
      data={(["offers", ...LEDGERS] as const).map((value) => ({ value, label: t(value) }))}
    />
  );
}
