"use client";
import { Anchor } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useT } from "../../_i18n/use-t";
import { useProblem } from "../../_ui/page/error-panel";
import { useApi } from "../../_ui/workspace";

type Kind = "stores" | "merchants";
type Place = { id: string; name: string };

/** Closing and opening a place, with its undo; `changed` reads every list of places again. */
export function usePlaces() {
  const t = useT("stores");
  const api = useApi();
  const problem = useProblem();
  const queries = useQueryClient();
  const changed = () => {
    for (const key of ["/stores", "/merchants", "shelf", "store"]) void queries.invalidateQueries({ queryKey: [key] });
  };
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      const { title, says } = problem(error);
      notifications.show({ color: "danger", title, message: says });
    }
    changed();
  };
  const reopen = (kind: Kind, place: Place) =>
    attempt(async () => {
      await api.post(`/${kind}/${place.id}/reopen`);
      notifications.show({ message: t("reopened", { name: place.name }) });
    });
  const close = (kind: Kind, place: Place) =>
    attempt(async () => {
      await api.post(`/${kind}/${place.id}/close`);
      const id = `closed-${place.id}`;
      const undo = () => {
        notifications.hide(id);
        void reopen(kind, place);
      };
      notifications.show({
        id,
        message: (
          <>
            {t(kind === "stores" ? "storeClosed" : "merchantClosed", { name: place.name })}{" "}
            <Anchor component="button" type="button" size="sm" onClick={undo}>
              {t("undo")}
            </Anchor>
          </>
        ),
      });
    });
  return { close, reopen, changed };
}
