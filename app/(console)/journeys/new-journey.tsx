"use client";
import { Button, Menu } from "@mantine/core";
import { useT } from "../../_i18n/use-t";
import { Icon } from "../../_ui/icons";
import { useFilters } from "../../_ui/table/use-filters";
import { useImportJourney } from "../_components/use-import-journey";
import { useMakeJourney } from "../_components/use-make-journey";
import classes from "./journeys.module.css";

/** A new journey: empty, with its trigger, or from a file, which open at once; or from a recipe, which the list lets choose. */
export function NewJourney() {
  const t = useT("journeys");
  const { blank, isBusy } = useMakeJourney();
  const [, setAddress] = useFilters(["new"]);
  const importFile = useImportJourney();
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <Button leftSection={<Icon name="add" size={16} />} loading={isBusy} data-testid="new-journey">
          {t("create")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Icon name="journey" size={18} />} onClick={() => void blank()} data-testid="new-blank">
          <span className={classes.choice}>
            {t("blank")}
            <small>{t("blankHint")}</small>
          </span>
        </Menu.Item>
        <Menu.Item
          leftSection={<Icon name="gift" size={18} />}
          onClick={() => setAddress({ new: "recipe" })}
          data-testid="new-recipe"
        >
          <span className={classes.choice}>
            {t("recipe")}
            <small>{t("recipeHint")}</small>
          </span>
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="import" size={18} />} onClick={importFile}>
          <span className={classes.choice}>
            {t("import")}
            <small>{t("importHint")}</small>
          </span>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
