"use client";
import { Combobox, InputBase, type MantineSize, ScrollArea, useCombobox } from "@mantine/core";
import { useEffect, useState } from "react";
import { useT } from "../../../_i18n/use-t";
import { Icon } from "../../../_ui/icons";
import { Dialog } from "../../../_ui/page/dialog";
import { useMay } from "../../../_ui/workspace";
import { useShelf } from "../../shelf";
import { NewOffer } from "./new-offer";
import { OfferRow, useOfferLine } from "./offer-row";
import classes from "./offers.module.css";
import { useOffers, useOffersOf } from "./use-offers";

/** Chooses an offer by what it gives, lasts and has left, found by typing, or makes one without leaving the drawing. */
export function OfferSelect({
  label,
  value,
  error,
  first = NONE,
  size,
  isBare = false,
  onChange,
}: {
  label: string;
  value: string | undefined;
  error?: string | undefined;
  /** Offers that are meant more likely than others, like those that this journey gives. */
  first?: readonly string[];
  size?: MantineSize;
  /** The label is said by what stands around: it is only read out, and nothing is told of the choice. */
  isBare?: boolean;
  onChange(offer: string): void;
}) {
  const t = useT("designerFields");
  const offered = useT("designerOffers");
  const { locale, offers } = useShelf();
  const mayMake = useMay("offer.write");
  const lineOf = useOfferLine();
  const [query, setQuery] = useState<string | undefined>();
  const [isMaking, setMaking] = useState<string>();
  const combobox = useCombobox({
    onDropdownClose: () => setQuery(undefined),
    onDropdownOpen: () => combobox.updateSelectedOptionIndex("active", { scrollIntoView: true }),
  });
  const typed = query?.trim() ?? "";
  const { found, isSearching } = useOffers(typed, combobox.dropdownOpened);
  const own = found.filter(({ id }) => first.includes(id));
  const shown = [...own, ...found.filter((offer) => !own.includes(offer))];
  const { offers: known, isLooking } = useOffersOf(value ? [value] : NONE);
  const current = value ? known.get(value) : undefined;
  const isGone = value !== undefined && value !== "" && !current && offers.length > 0 && !isLooking;
  const top = shown[0]?.id;
  // What Enter takes is the first of what is found now.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list's own changes are what it follows
  useEffect(() => {
    if (combobox.dropdownOpened && typed !== "") combobox.selectFirstOption();
  }, [typed, top]);
  return (
    <>
      <Combobox
        store={combobox}
        zIndex={200}
        width={WIDTH}
        position="bottom-start"
        onOptionSubmit={(id) => {
          combobox.closeDropdown();
          if (id === NEW) setMaking(typed);
          else onChange(id);
        }}
      >
        <Combobox.Target>
          <InputBase
            {...(isBare ? { "aria-label": label } : { label })}
            {...(size && { size })}
            placeholder={t("chooseOffer")}
            description={current && !isBare ? lineOf(current).join(" · ") : undefined}
            inputWrapperOrder={["label", "input", "description", "error"]}
            error={error ?? (isGone ? t("offerGone") : undefined)}
            leftSection={isBare ? undefined : <Icon name="coupon" size={16} />}
            rightSection={<Combobox.Chevron />}
            rightSectionPointerEvents="none"
            value={query ?? current?.name ?? ""}
            onClick={() => combobox.openDropdown()}
            onFocus={(event) => event.currentTarget.select()}
            onBlur={() => combobox.closeDropdown()}
            onChange={(event) => {
              setQuery(event.currentTarget.value);
              combobox.openDropdown();
            }}
          />
        </Combobox.Target>
        <Combobox.Dropdown>
          <Combobox.Options aria-label={label}>
            <ScrollArea.Autosize mah={300} type="auto">
              {shown.map((offer) => (
                <Combobox.Option key={offer.id} value={offer.id} active={offer.id === value} className={classes.option}>
                  <OfferRow offer={offer} note={own.includes(offer) ? offered("ofThisJourney") : undefined} />
                </Combobox.Option>
              ))}
              {shown.length === 0 && (
                <Combobox.Empty>
                  {isSearching ? offered("searching") : typed === "" ? t("noOffers") : offered("notFound")}
                </Combobox.Empty>
              )}
            </ScrollArea.Autosize>
            {mayMake && (
              <Combobox.Option value={NEW} className={classes.option} data-testid="new-offer">
                <span className={classes.new}>
                  <Icon name="add" size={14} />
                  {typed === "" ? t("newOffer") : offered("newNamed", { name: typed })}
                </span>
              </Combobox.Option>
            )}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      <Dialog
        opened={isMaking !== undefined}
        onClose={() => setMaking(undefined)}
        title={t("offer.title")}
        zIndex={300}
      >
        <NewOffer
          named={isMaking ? { [locale]: isMaking } : {}}
          onMade={(id) => {
            setMaking(undefined);
            onChange(id);
          }}
        />
      </Dialog>
    </>
  );
}

const NEW = "+new";
/** As wide as the panel allows, wherever in it the field stands. */
const WIDTH = 330;
const NONE: readonly string[] = [];
