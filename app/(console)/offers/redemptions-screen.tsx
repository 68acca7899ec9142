"use client";
import { Anchor } from "@mantine/core";
import Link from "next/link";
import type { RedemptionView } from "@/services/offers/redeeming/redemption-view";
import { useT } from "../../_i18n/use-t";
import type { Query } from "../../_ui/api";
import type { Wire } from "../../_ui/live/wire";
import { Money } from "../../_ui/loyalty/money";
import { useOfferName } from "../../_ui/loyalty/offer-name";
import { EmptyState } from "../../_ui/page/empty-state";
import { StateBadge } from "../../_ui/page/state-badge";
import type { Column } from "../../_ui/table/data-table";
import type { Page } from "../../_ui/table/use-list";
import { When } from "../../_ui/time/when";
import { LedgerScreen } from "./ledger-screen";

type Redemption = Wire<RedemptionView>;

/** Every use of a coupon at a till: whose, for which order, what it took off and what was paid. */
export function RedemptionsScreen({ initial }: { initial: { page: Page<Redemption>; query: Query } | undefined }) {
  const t = useT("offers");
  const states = useT("states");
  const offerName = useOfferName();
  const columns: Column<Redemption>[] = [
    {
      id: "member",
      header: t("member"),
      cell: (r) => (
        <Anchor component={Link} href={`/members/${r.member}`} prefetch={false}>
          {r.memberName ?? r.member.slice(0, 13)}
        </Anchor>
      ),
    },
    { id: "offer", header: t("offer"), cell: (r) => offerName(r) },
    { id: "code", header: t("code"), width: "11rem", cell: (r) => <code>{r.code}</code> },
    { id: "order", header: t("order"), cell: (r) => r.orderRef ?? "—" },
    { id: "discount", header: t("discount"), align: "end", cell: (r) => <Money minor={r.discount} /> },
    { id: "paid", header: t("paid"), align: "end", cell: (r) => <Money minor={r.payable} /> },
    { id: "store", header: t("store"), cell: (r) => r.storeName ?? "—" },
    { id: "state", header: t("state"), cell: (r) => <StateBadge of="redemption" state={r.state} /> },
    { id: "at", header: t("usedAt"), width: "9rem", cell: (r) => <When at={r.at} /> },
  ];
  return (
    <LedgerScreen
      ledger="redemptions"
      states={(["confirmed", "cancelled"] as const).map((value) => ({
        value,
        label: states(`redemption.${value}`),
      }))}
      period={t("usedAt")}
      columns={columns}
      empty={
        <EmptyState icon="coupon" title={t("noRedemptions")}>
          {t("noRedemptionsHint")}
        </EmptyState>
      }
      initial={initial}
    />
  );
}
