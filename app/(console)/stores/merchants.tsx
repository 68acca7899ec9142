"use client";
import { Menu, Paper, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useT } from "../../_i18n/use-t";
import { Icon } from "../../_ui/icons";
import { Badge } from "../../_ui/page/state-badge";
import { RowMenu } from "../../_ui/table/row-menu";
import { useMay } from "../../_ui/workspace";
import { MerchantForm } from "./merchant-form";
import type { Merchant } from "./place";
import classes from "./stores.module.css";
import { usePlaces } from "./use-places";

/** The merchants as cards; one chosen narrows the stores below. */
export function Merchants({
  merchants,
  chosen,
  onChoose,
}: {
  merchants: Merchant[];
  chosen: string | null;
  onChoose(merchant: string | null): void;
}) {
  const t = useT("stores");
  const mayWrite = useMay("workspace.write");
  const { close, reopen, changed } = usePlaces();
  const [renaming, setRenaming] = useState<Merchant>();
  return (
    <div className={classes.merchants}>
      {merchants.map((merchant) => (
        <Paper
          key={merchant.id}
          withBorder
          className={classes.merchant}
          data-chosen={merchant.id === chosen || undefined}
        >
          <UnstyledButton
            className={classes.choose}
            aria-pressed={merchant.id === chosen}
            onClick={() => onChoose(merchant.id === chosen ? null : merchant.id)}
          >
            <b>{merchant.name}</b>
            <small>
              <code>{merchant.code}</code>
              {merchant.closedAt === null ? (
                t("openStores", { count: merchant.stores })
              ) : (
                <Badge tone="quiet">{t("closed")}</Badge>
              )}
            </small>
          </UnstyledButton>
          {mayWrite && (
            <RowMenu label={t("actions", { name: merchant.name })}>
              <Menu.Item leftSection={<Icon name="edit" size={15} />} onClick={() => setRenaming(merchant)}>
                {t("rename")}
              </Menu.Item>
              {merchant.closedAt === null ? (
                <Menu.Item
                  leftSection={<Icon name="door" size={15} />}
                  onClick={() => void close("merchants", merchant)}
                >
                  {t("close")}
                </Menu.Item>
              ) : (
                <Menu.Item
                  leftSection={<Icon name="refresh" size={15} />}
                  onClick={() => void reopen("merchants", merchant)}
                >
                  {t("reopen")}
                </Menu.Item>
              )}
            </RowMenu>
          )}
        </Paper>
      ))}
      {renaming && (
        <MerchantForm
          merchant={renaming}
          onDone={() => {
            setRenaming(undefined);
            changed();
          }}
          onClose={() => setRenaming(undefined)}
        />
      )}
    </div>
  );
}
