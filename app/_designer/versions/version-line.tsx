"use client";
import { ActionIcon, Button, Group, Menu, Textarea, UnstyledButton } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useT } from "../../_i18n/use-t";
import { Icon } from "../../_ui/icons";
import { useProblem } from "../../_ui/page/error-panel";
import { When } from "../../_ui/time/when";
import { useMay } from "../../_ui/workspace";
import type { JourneyApi, Version } from "../api";
import { useDesigner, useEditor } from "../store/use-designer";
import classes from "./versions.module.css";

/** One published version: its facts, what was said of it, and what can be done with it. */
export function VersionLine({
  client,
  version: { version, isCurrent, publishedByName, askedByName, publishedAt, live, comments },
  before,
  onRestore,
  onSaid,
}: {
  client: JourneyApi;
  version: Version;
  /** The version before it. */
  before: number | undefined;
  onRestore: (() => void) | undefined;
  onSaid(): void;
}) {
  const t = useT("designerVersions");
  const { look } = useEditor();
  const mayComment = useMay("journey.publish");
  const isRead = useDesigner((state) => state.viewing === version);
  const words = { version: String(version) };
  return (
    <li className={classes.line} data-current={isCurrent || undefined} data-testid={`version-${version}`}>
      <div className={classes.head}>
        <b>{t("version", words)}</b>
        {isCurrent && <span className={classes.current}>{t("current")}</span>}
        <Menu position="bottom-end" zIndex={200}>
          <Menu.Target>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("more", words)}
              data-testid={`version-menu-${version}`}
            >
              <Icon name="more" size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => look({ mode: "compare", sides: { from: version, to: "draft" } })}>
              {t("compareDraft")}
            </Menu.Item>
            {before !== undefined && (
              <Menu.Item onClick={() => look({ mode: "compare", sides: { from: before, to: version } })}>
                {t("compareBefore", { version: String(before) })}
              </Menu.Item>
            )}
            <Menu.Item disabled={isRead} onClick={() => look({ mode: "version", viewing: version })}>
              {t("read")}
            </Menu.Item>
            {onRestore && (
              <Menu.Item onClick={onRestore} data-testid={`restore-${version}`}>
                {t("restore")}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      </div>
      <p className={classes.facts}>
        <When at={publishedAt} />
        <span>{t("by", { name: publishedByName ?? t("program") })}</span>
        {askedByName && askedByName !== publishedByName && <span>{t("asked", { name: askedByName })}</span>}
        <span>{t("members", { count: live })}</span>
      </p>
      {comments.map(({ id, text, byName, at }) => (
        <blockquote key={id} className={classes.said}>
          <p>{text}</p>
          <footer>
            {byName ?? t("program")} · <When at={at} />
          </footer>
        </blockquote>
      ))}
      {mayComment && <Say client={client} version={version} onSaid={onSaid} />}
    </li>
  );
}

function Say({ client, version, onSaid }: { client: JourneyApi; version: number; onSaid(): void }) {
  const t = useT("designerVersions");
  const problem = useProblem();
  const [text, setText] = useState<string | undefined>();
  const [isBusy, setBusy] = useState(false);
  if (text === undefined)
    return (
      <UnstyledButton className={classes.say} onClick={() => setText("")} data-testid={`say-${version}`}>
        <Icon name="add" size={14} />
        {t("say")}
      </UnstyledButton>
    );
  const send = async () => {
    setBusy(true);
    try {
      await client.comment(version, text.trim());
      setText(undefined);
      onSaid();
    } catch (error) {
      notifications.show({ color: "danger", title: t("notSaid"), message: problem(error).says });
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={classes.form}>
      <Textarea
        aria-label={t("say")}
        placeholder={t("placeholder")}
        autosize
        autoFocus
        minRows={2}
        maxRows={8}
        maxLength={2000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && text.trim()) void send();
        }}
      />
      <Group justify="flex-end" gap={6}>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setText(undefined)}>
          {t("cancel")}
        </Button>
        <Button size="compact-sm" loading={isBusy} disabled={!text.trim()} onClick={() => void send()}>
          {t("send")}
        </Button>
      </Group>
    </div>
  );
}
