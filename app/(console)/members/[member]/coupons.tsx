"use client";
import { useMemo } from "react";
import type { CouponView } from "@/services/offers/coupon-view";
import { useT } from "../../../_i18n/use-t";
import { CopyField } from "../../../_ui/fields/copy-field";
import type { Wire } from "../../../_ui/live/wire";
import { useOfferName } from "../../../_ui/loyalty/offer-name";
import { useOfferWords } from "../../../_ui/loyalty/offer-words";
import { EmptyState } from "../../../_ui/page/empty-state";
import { ErrorPanel } from "../../../_ui/page/error-panel";
import { StateBadge } from "../../../_ui/page/state-badge";
import { type Column, DataTable } from "../../../_ui/table/data-table";
import { ListFooter } from "../../../_ui/table/list-footer";
import { useList } from "../../../_ui/table/use-list";
import { When } from "../../../_ui/time/when";

type Coupon = Wire<CouponView>;

/** The member's coupons, newest first. */
export function Coupons({ member }: { member: string }) {
  const t = useT("members");
  const words = useOfferWords();
  const offerName = useOfferName();
  const { rows, error, hasMore, isLoadingMore, more, refetch } = useList<Coupon>("/coupons", { member });
  const columns = useMemo<Column<Coupon>[]>(
    () => [
      {
        id: "offer",
        header: t("offer"),
        cell: (c) => (
          <div>
            <b>{offerName(c)}</b>
            <div>{words.gives(c.terms)}</div>
          </div>
        ),
      },
      { id: "code", header: t("code"), cell: (c) => <CopyField value={c.code} label={t("code")} /> },
      { id: "state", header: t("state"), cell: (c) => <StateBadge of="coupon" state={c.state} /> },
      { id: "issued", header: t("issuedAt"), cell: (c) => <When at={c.issuedAt} /> },
      { id: "expires", header: t("expiresAt"), cell: (c) => <When at={c.expiresAt} /> },
    ],
    [offerName, words.gives, t],
  );
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  return (
    <DataTable
      label={t("coupons")}
      columns={columns}
      rows={rows}
      rowKey={(c) => c.id}
      expect={4}
      empty={
        <EmptyState small icon="coupon" title={t("couponsEmpty")}>
          {t("couponsEmptyHint")}
        </EmptyState>
      }
      footer={<ListFooter count={rows?.length} hasMore={hasMore} isLoading={isLoadingMore} onMore={more} />}
    />
  );
}
