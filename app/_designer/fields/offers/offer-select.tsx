"use client";
import { Combobox, InputBase, Modal, ScrollArea, useCombobox } from "@mantine/core";
import { useState } from "react";
import { useT } from "../../../_i18n/use-t";
import { Icon } from "../../../_ui/icons";
import { useShelf } from "../../shelf";
import { NewOffer } from "./new-offer";

/** Chooses an offer by name, or makes one without leaving the drawing. */
export function OfferSelect({
  label,
  value,
  error,
  onChange,
}: {
  label: string;
  value: string | undefined;
  error?: string | undefined;
  onChange(offer: string): void;
}) {
  const t = useT("designerFields");
  const { offers } = useShelf();
  const [query, setQuery] = useState<string | undefined>();
  const [isMaking, setMaking] = useState(false);
  const combobox = useCombobox({
    onDropdownClose: () => setQuery(undefined),
    onDropdownOpen: () => combobox.selectFirstOption(),
  });
  const current = offers.find((offer) => offer.id === value);
  const wanted = (query ?? "").trim().toLowerCase();
  const found = offers
    .filter((offer) => (offer.state === "active" || offer.id === value) && offer.name.toLowerCase().includes(wanted))
    .slice(0, 50);
  const isGone = value !== undefined && value !== "" && !current && offers.length > 0;
  return (
    <>
      <Combobox
        store={combobox}
        zIndex={200}
        onOptionSubmit={(id) => {
          combobox.closeDropdown();
          if (id === NEW) setMaking(true);
          else onChange(id);
        }}
      >
        <Combobox.Target>
          <InputBase
            label={label}
            placeholder={t("chooseOffer")}
            error={error ?? (isGone ? t("offerGone") : undefined)}
            leftSection={<Icon name="coupon" size={16} />}
            rightSection={<Combobox.Chevron />}
            rightSectionPointerEvents="none"
            value={query ?? current?.name ?? ""}
            onClick={() => combobox.openDropdown()}
            onBlur={() => combobox.closeDropdown()}
            onChange={(event) => {
              setQuery(event.currentTarget.value);
              combobox.openDropdown();
              combobox.updateSelectedOptionIndex();
            }}
          />
        </Combobox.Target>
        <Combobox.Dropdown>
          <Combobox.Options aria-label={label}>
            <ScrollArea.Autosize mah={240} type="auto">
              {found.map((offer) => (
                <Combobox.Option key={offer.id} value={offer.id} active={offer.id === value}>
                  {offer.name}
                </Combobox.Option>
              ))}
              {found.length === 0 && <Combobox.Empty>{t("noOffers")}</Combobox.Empty>}
            </ScrollArea.Autosize>
            <Combobox.Option value={NEW} data-testid="new-offer">
              <span style={{ display: "inline-flex", gap: 6, alignItems: "center", color: "var(--accent-ink)" }}>
                <Icon name="add" size={14} />
                {t("newOffer")}
              </span>
            </Combobox.Option>
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      <Modal opened={isMaking} onClose={() => setMaking(false)} title={t("offer.title")} zIndex={300}>
        <NewOffer
          onMade={(id) => {
            setMaking(false);
            onChange(id);
          }}
        />
      </Modal>
    </>
  );
}

const NEW = "+new";
