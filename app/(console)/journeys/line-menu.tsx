"use client";
import { ActionIcon, Anchor, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { JourneyDocument } from "@/core/journey/document";
import { saveAsFile } from "../../_designer/save-as-file";
import { useT } from "../../_i18n/use-t";
import { Icon } from "../../_ui/icons";
import { useProblem } from "../../_ui/page/error-panel";
import { useApi } from "../../_ui/workspace";
import { LabelsDialog } from "./labels-dialog";
import type { Line } from "./line";

/** What can be done with one journey of the list. */
export function LineMenu({ line, onChanged }: { line: Line; onChanged(): void }) {
  const t = useT("journeys");
  const api = useApi();
  const problem = useProblem();
  const router = useRouter();
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      const { title, says } = problem(error);
      notifications.show({ color: "danger", title, message: says });
    }
  };
  const duplicate = () =>
    attempt(async () => {
      const made = await api.post<{ id: string; name: string }>(`/journeys/${line.id}/duplicate`);
      notifications.show({ message: t("duplicated", { name: made.name }) });
      router.push(`/journeys/${made.id}`);
    });
  const archive = () =>
    attempt(async () => {
      await api.post(`/journeys/${line.id}/archive`);
      const id = `archived-${line.id}`;
      notifications.show({
        id,
        message: (
          <>
            {t("archived", { name: line.name })}{" "}
            <Anchor
              component="button"
              type="button"
              size="sm"
              onClick={() => {
                notifications.hide(id);
                void unarchive();
              }}
            >
              {t("undo")}
            </Anchor>
          </>
        ),
      });
      onChanged();
    });
  const unarchive = () =>
    attempt(async () => {
      await api.post(`/journeys/${line.id}/unarchive`);
      notifications.show({ message: t("unarchived", { name: line.name }) });
      onChanged();
    });
  const save = () =>
    attempt(async () => {
      const document = await api.get<JourneyDocument>(`/journeys/${line.id}/document`);
      saveAsFile(document);
    });
  const [isLabelling, setLabelling] = useState(false);
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("actions", { name: line.name })}
            onClick={(event) => event.stopPropagation()}
          >
            <Icon name="more" size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Icon name="edit" size={15} />} onClick={() => router.push(`/journeys/${line.id}`)}>
            {t("open")}
          </Menu.Item>
          <Menu.Item leftSection={<Icon name="copy" size={15} />} onClick={() => void duplicate()}>
            {t("duplicate")}
          </Menu.Item>
          <Menu.Item leftSection={<Icon name="download" size={15} />} onClick={() => void save()}>
            {t("export")}
          </Menu.Item>
          <Menu.Item leftSection={<Icon name="tag" size={15} />} onClick={() => setLabelling(true)}>
            {t("labels")}
          </Menu.Item>
          {line.state === "archived" && (
            <Menu.Item leftSection={<Icon name="refresh" size={15} />} onClick={() => void unarchive()}>
              {t("unarchive")}
            </Menu.Item>
          )}
          {(line.state === "draft" || line.state === "stopped") && (
            <Menu.Item leftSection={<Icon name="remove" size={15} />} onClick={() => void archive()}>
              {t("archive")}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {isLabelling && (
        <LabelsDialog
          line={line}
          onClose={() => setLabelling(false)}
          onSave={(labels) =>
            attempt(async () => {
              await api.patch(`/journeys/${line.id}/labels`, { labels });
              setLabelling(false);
              onChanged();
            })
          }
        />
      )}
    </>
  );
}
