"use client";
import { Button, Modal, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMemo, useState } from "react";
import { useLocale } from "use-intl";
import type { JourneyDocument } from "@/core/journey/document";
import { RECIPES, type RecipeId, recipeOf } from "@/core/recipes/registry";
import { Picture } from "../../_designer/picture";
import { useT } from "../../_i18n/use-t";
import { useProblem } from "../../_ui/error-panel";
import { useApi } from "../../_ui/workspace";
import classes from "./journeys.module.css";
import { makeOffers } from "./make-offers";

/** Recipes with pictures of their drawings; choosing one makes the offers it needs and opens it as a draft. */
export function Gallery({ onChoose, onClose }: { onChoose(document: JourneyDocument): void; onClose(): void }) {
  const t = useT("journeys");
  return (
    <Modal opened onClose={onClose} size="60rem" title={t("gallery")}>
      <Text size="sm" c="dimmed" mb="md">
        {t("offersMade")}
      </Text>
      <div className={classes.gallery}>
        {RECIPES.map((id) => (
          <Card key={id} id={id} onChoose={onChoose} />
        ))}
      </div>
    </Modal>
  );
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
  const use = async () => {
    setBusy(true);
    try {
      onChoose(recipe.document(await makeOffers(api, recipe.offers, locale), (text) => text[locale]));
    } catch (error) {
      setBusy(false);
      const { title, says } = problem(error);
      notifications.show({ color: "red", title, message: says });
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
        <small>{t("steps", { count: drawn.nodes.length })}</small>
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

const NO_OFFER = "00000000-0000-4000-8000-000000000000";
