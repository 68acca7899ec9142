"use client";
import { Button, SegmentedControl, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { Fragment, useMemo, useState } from "react";
import { useLocale } from "use-intl";
import type { JourneyDocument } from "@/core/journey/document";
import { briefOf } from "@/core/recipes/brief";
import { needsOf } from "@/core/recipes/needs";
import { PACKS, type Pack, PURPOSES, packs, purposes, type Recipe } from "@/core/recipes/recipe";
import { RECIPES, type RecipeId, recipeOf } from "@/core/recipes/registry";
import { LOCALES } from "@/core/text";
import { money } from "../../_designer/money";
import { Picture } from "../../_designer/picture";
import { EMPTY_SHELF, ShelfContext } from "../../_designer/shelf";
import { useSays } from "../../_designer/use-says";
import { useT } from "../../_i18n/use-t";
import { Dialog } from "../../_ui/page/dialog";
import { useProblem } from "../../_ui/page/error-panel";
import { useApi, useWorkspace } from "../../_ui/workspace";
import classes from "./journeys.module.css";
import { makeOffers } from "./make-offers";

/** Recipes by purpose, found by words and trade; choosing one makes the offers it needs and opens it as a draft. */
export function Gallery({ onChoose, onClose }: { onChoose(document: JourneyDocument): void; onClose(): void }) {
  const t = useT("journeys");
  const locale = useLocale();
  const [words, setWords] = useState("");
  const [pack, setPack] = useState<Pack | "all">("all");
  const found = RECIPES.filter((id) => (pack === "all" || recipeOf(id).packs.includes(pack)) && isFound(id, words));
  const shelf = useMemo(() => ({ ...EMPTY_SHELF, locale }), [locale]);
  return (
    <Dialog opened onClose={onClose} size="72rem" title={t("gallery")}>
      <ShelfContext value={shelf}>
        <div className={classes.find}>
          <TextInput
            data-autofocus
            value={words}
            onChange={(change) => setWords(change.currentTarget.value)}
            placeholder={t("searchRecipes")}
            aria-label={t("searchRecipes")}
            maxLength={80}
          />
          <SegmentedControl
            value={pack}
            onChange={(value) => setPack(PACKS.find((one) => one === value) ?? "all")}
            aria-label={t("trade")}
            data={[
              { value: "all", label: t("everyTrade") },
              ...PACKS.map((one) => ({ value: one, label: packs[one][locale] })),
            ]}
          />
        </div>
        <Text size="sm" c="dimmed">
          {t("offersMade")}
        </Text>
        {found.length === 0 && (
          <Text c="dimmed" my="xl" ta="center" role="status">
            {t("noRecipe")}
          </Text>
        )}
        {PURPOSES.map((purpose) => {
          const own = found.filter((id) => recipeOf(id).purpose === purpose);
          if (own.length === 0) return null;
          return (
            <section key={purpose} aria-labelledby={`purpose-${purpose}`}>
              <h2 id={`purpose-${purpose}`} className={classes.purpose}>
                {purposes[purpose][locale]}
              </h2>
              <div className={classes.gallery}>
                {own.map((id) => (
                  <Card key={id} id={id} onChoose={onChoose} />
                ))}
              </div>
            </section>
          );
        })}
      </ShelfContext>
    </Dialog>
  );
}

/** Whether every word stands in the recipe's own, in either language. */
function isFound(id: RecipeId, words: string): boolean {
  const { name, about, purpose } = recipeOf(id);
  const own = LOCALES.flatMap((locale) => [name[locale], about[locale], purposes[purpose][locale]])
    .join(" ")
    .toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => own.includes(word));
}

function Card({ id, onChoose }: { id: RecipeId; onChoose(document: JourneyDocument): void }) {
  const t = useT("journeys");
  const locale = useLocale();
  const api = useApi();
  const problem = useProblem();
  const recipe = recipeOf(id);
  const [isBusy, setBusy] = useState(false);
  // Any id will do for the picture.
  const drawn = useMemo(
    () =>
      recipe.document(
        Object.fromEntries(Object.keys(recipe.offers).map((slot) => [slot, NO_OFFER])),
        (text) => text[locale],
      ),
    [locale, recipe],
  );
  const brief = useBrief(recipe);
  const sayNode = useSays();
  const trigger = drawn.nodes.find((node) => node.id === drawn.entry);
  const needs = needsOf(drawn);
  const asked = [
    { label: t("gives"), values: Object.values(recipe.offers).map(({ name }) => name[locale]) },
    { label: t("readsTags"), values: needs.tags },
    { label: t("readsAttributes"), values: needs.attributes },
    { label: t("ownEvents"), values: needs.events },
  ].filter(({ values }) => values.length > 0);
  const use = async () => {
    setBusy(true);
    try {
      onChoose(recipe.document(await makeOffers(api, recipe.offers), (text) => text[locale]));
    } catch (error) {
      setBusy(false);
      const { title, says } = problem(error);
      notifications.show({ color: "danger", title, message: says });
    }
  };
  return (
    <article className={classes.recipe} data-testid={`recipe-${id}`}>
      <div className={classes.picture}>
        <Picture document={drawn} label={t("picture", { name: recipe.name[locale] })} />
      </div>
      <div className={classes.words}>
        <h3>{recipe.name[locale]}</h3>
        <p>{recipe.about[locale]}</p>
        <dl className={classes.facts}>
          <dt>{t("starts")}</dt>
          <dd>
            {trigger &&
              sayNode(trigger)
                .map(({ text }) => text)
                .join("")}
          </dd>
          {asked.map(({ label, values }) => (
            <Fragment key={label}>
              <dt>{label}</dt>
              <dd>{values.join(t("listJoint"))}</dd>
            </Fragment>
          ))}
        </dl>
        <small data-testid={`brief-${id}`}>{brief}</small>
        <Button
          variant="light"
          loading={isBusy}
          onClick={() => void use()}
          aria-label={`${t("use")}: ${recipe.name[locale]}`}
        >
          {t("use")}
        </Button>
      </div>
    </article>
  );
}

/** What a run comes to at most: "3 messages · 7 days · ¥20 in coupons". */
function useBrief(recipe: Recipe): string {
  const t = useT("journeys");
  const locale = useLocale();
  const { currency } = useWorkspace();
  return useMemo(() => {
    const { messages, points, money: off, isOpen, hours } = briefOf(recipe);
    const parts = [
      messages > 0 && t("most.messages", { count: messages }),
      points > 0 && t("most.points", { count: points }),
      off > 0 && t("most.money", { sum: money(off, currency, locale) }),
      isOpen && t("most.share"),
      hours >= 24 ? t("most.days", { count: Math.ceil(hours / 24) }) : hours > 0 && t("most.hours", { count: hours }),
    ];
    return t("most.of", { parts: parts.filter(Boolean).join(" · ") });
  }, [currency, locale, recipe, t]);
}

const NO_OFFER = "00000000-0000-4000-8000-000000000000";
