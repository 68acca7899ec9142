"use client";
import { Button, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type ChangeEvent, useRef } from "react";
import { JourneyDocument } from "@/core/journey/document";
import { useT } from "../../_i18n/use-t";
import { Icon } from "../../_ui/icons";
import { useFilters } from "../../_ui/table/use-filters";
import { useMakeJourney } from "../_components/use-make-journey";
import classes from "./journeys.module.css";

/** A new journey: empty, with its trigger, or from a file, which open at once; or from a recipe, which the list lets choose. */
export function NewJourney() {
  const t = useT("journeys");
  const file = useRef<HTMLInputElement>(null);
  const { make, blank, isBusy } = useMakeJourney();
  const [, setAddress] = useFilters(["new"]);
  const read = async (event: ChangeEvent<HTMLInputElement>) => {
    const [chosen] = event.target.files ?? [];
    event.target.value = "";
    if (!chosen) return;
    const document = parse(await chosen.text());
    if (!document.ok)
      return notifications.show({
        color: "red",
        title: t("badFile"),
        message: t("badFileHint", { reason: document.reason }),
      });
    await make(document.value, (name) => t("imported", { name }));
  };
  return (
    <>
      <input
        ref={file}
        type="file"
        accept="application/json,.json"
        hidden
        onChange={(event) => void read(event)}
        data-testid="import-file"
      />
      <Menu position="bottom-end" width={280}>
        <Menu.Target>
          <Button leftSection={<Icon name="add" size={16} />} loading={isBusy} data-testid="new-journey">
            {t("create")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<Icon name="journey" size={18} />}
            onClick={() => void blank()}
            data-testid="new-blank"
          >
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
          <Menu.Item leftSection={<Icon name="go" size={18} />} onClick={() => file.current?.click()}>
            <span className={classes.choice}>
              {t("import")}
              <small>{t("importHint")}</small>
            </span>
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

function parse(text: string): { ok: true; value: JourneyDocument } | { ok: false; reason: string } {
  try {
    const read = JourneyDocument.safeParse(JSON.parse(text));
    if (read.success) return { ok: true, value: read.data };
    const issue = read.error.issues[0];
    return { ok: false, reason: issue ? `${issue.path.join(".")}: ${issue.message}` : "" };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}
