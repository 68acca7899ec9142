"use client";
import { Anchor } from "@mantine/core";
import Link from "next/link";
import type { CouponView } from "@/services/offers/coupon-view";
import { useT } from "../../_i18n/use-t";
import type { Query } from "../../_ui/api";
import type { Wire } from "../../_ui/live/wire";
import { useOfferName } from "../../_ui/loyalty/offer-name";
import { EmptyState } from "../../_ui/page/empty-state";
import { StateBadge } from "../../_ui/page/state-badge";
import type { Column } from "../../_ui/table/data-table";
import type { Page } from "../../_ui/table/use-list";
import { When } from "../../_ui/time/when";
import { LedgerScreen } from "./ledger-screen";

type Coupon = Wire<CouponView>;

/** Every coupon that was issued, with the member it belongs to. */
export function CouponsScreen({ initial }: { initial: { page: Page<Coupon>; query: Query } | undefined }) {
  const t = useT("offers");
  const states = useT("states");
  const offerName = useOfferName();
  const columns: Column<Coupon>[] = [
    { id: "offer", header: t("offer"), cell: (c) => offerName(c) },
    { id: "code", header: t("code"), width: "11rem", cell: (c) => <code>{c.code}</code> },
    {
      id: "member",
      header: t("member"),
      cell: (c) => (
        <Anchor component={Link} href={`/members/${c.member}?show=coupons`} prefetch={false}>
          {c.memberName ?? c.member.slice(0, 13)}
        </Anchor>
      ),
    },
    { id: "state", header: t("state"), cell: (c) => <StateBadge of="coupon" state={c.state} /> },
    { id: "issued", header: t("issuedAt"), cell: (c) => <When at={c.issuedAt} /> },
    { id: "expires", header: t("expiresAt"), cell: (c) => <When at={c.expiresAt} /> },
  ];
  return (
    <LedgerScreen
      ledger="coupons"
      states={(["issued", "redeemed", "expired", "void"] as const).map((value) => ({
        value,
        label: states(`coupon.${value}`),
      }))}
      period={t("issuedAt")}
      columns={columns}
      empty={
        <EmptyState icon="coupon" title={t("noCoupons")}>
          {t("noCouponsHint")}
        </EmptyState>
      }
      initial={initial}
    />
  );
}
