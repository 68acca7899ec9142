"use client";
import { Anchor, Autocomplete, Button, Drawer, Group, Select, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLocale } from "use-intl";
import { catalogue, EVENT_NAMES, isCatalogued } from "@/core/events/catalogue";
import { useT } from "../../_i18n/use-t";
import { ErrorPanel } from "../../_ui/error-panel";
import { useApi, useMay, useWorkspace } from "../../_ui/workspace";
import { useWriteKey } from "../_components/use-write-key";
import classes from "./events.module.css";
import { sampleOf } from "./sample";
import { sendEvent } from "./send-event";

type Found = { members: { id: string; name: string | null; phone: string | null; email: string | null }[] };

/** Sends an event the way a shop would: through the public event API, with a write key of this browser. */
export function TestEvent({ event, onClose }: { event: string | null; onClose(): void }) {
  const t = useT("events");
  const common = useT("common");
  return (
    <Drawer
      opened={event !== null}
      onClose={onClose}
      position="right"
      size="md"
      title={t("test")}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      {event !== null && <Form first={isCatalogued(event) ? event : "order_paid"} />}
    </Drawer>
  );
}

function Form({ first }: { first: string }) {
  const t = useT("events");
  const locale = useLocale();
  const api = useApi();
  const { api: origin } = useWorkspace();
  const [key, setKey] = useWriteKey();
  const [name, setName] = useState(first);
  const [who, setWho] = useState("");
  const [properties, setProperties] = useState(() => JSON.stringify(sampleOf(first), null, 2));
  const [isBusy, setBusy] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  const [took, setTook] = useState<number>();
  const [wanted] = useDebouncedValue(who.trim(), 200);
  const { data } = useQuery({
    queryKey: ["search", "who", wanted],
    enabled: wanted.length > 0,
    queryFn: ({ signal }) => api.get<Found>("/search", { q: wanted }, signal),
  });
  const options = (data?.members ?? []).map((m) => ({
    value: m.id,
    label: [m.name, m.phone ?? m.email].filter(Boolean).join(" · "),
  }));
  const parsed = parse(properties);

  if (!key) return <KeyNeeded onKey={setKey} />;

  const send = async () => {
    if (!parsed || !who.trim()) return;
    setBusy(true);
    setFailed(undefined);
    setTook(undefined);
    try {
      const chosen = options.find((option) => option.label === who.trim());
      const from = performance.now();
      await sendEvent(api, origin, key, {
        event: name,
        properties: parsed,
        who: chosen ? { member: chosen.value } : { userId: who.trim() },
      });
      setTook(Math.round(performance.now() - from));
    } catch (error) {
      setFailed(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {t("testLead")}
      </Text>
      <Select
        label={t("testName")}
        searchable
        value={name}
        onChange={(value) => {
          if (value) {
            setName(value);
            setProperties(JSON.stringify(sampleOf(value), null, 2));
          }
        }}
        data={EVENT_NAMES.filter((one) => catalogue[one].from === "sender").map((value) => ({
          value,
          label: catalogue[value].name[locale],
        }))}
      />
      <Autocomplete
        label={t("testWho")}
        description={t("testUser")}
        placeholder={t("testWhoHint")}
        value={who}
        onChange={setWho}
        data={options.map((option) => option.label)}
        filter={({ options: all }) => all}
        data-autofocus
      />
      <Textarea
        label={t("testProperties")}
        className={classes.json}
        autosize
        minRows={8}
        maxRows={18}
        value={properties}
        onChange={(e) => setProperties(e.currentTarget.value)}
        error={!parsed && t("testBad")}
        spellCheck={false}
      />
      {failed !== undefined && <ErrorPanel error={failed} />}
      {took !== undefined && (
        <div className={classes.sent} role="status">
          {t("testSent", { ms: String(took) })}
        </div>
      )}
      <Group justify="space-between">
        <Text size="xs" c="dimmed">
          {t("keyInUse", { prefix: key.slice(0, 9) })}{" "}
          <Anchor component="button" type="button" size="xs" onClick={() => setKey("")}>
            {t("keyForget")}
          </Anchor>
        </Text>
        <Button loading={isBusy} disabled={!parsed || !who.trim()} onClick={() => void send()}>
          {t("testSend")}
        </Button>
      </Group>
    </Stack>
  );
}

function KeyNeeded({ onKey }: { onKey(key: string): void }) {
  const t = useT("events");
  const api = useApi();
  const mayMake = useMay("key.write");
  const [failed, setFailed] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const make = async () => {
    setBusy(true);
    try {
      const { key } = await api.post<{ key: string }>("/keys", { kind: "write", name: t("keyName"), scopes: [] });
      onKey(key);
    } catch (error) {
      setFailed(error);
      setBusy(false);
    }
  };
  return (
    <Stack gap="md" className={classes.key}>
      <div>
        <Text fw={600}>{t("keyNeeded")}</Text>
        <Text size="sm" c="dimmed">
          {t("keyHint")}
        </Text>
      </div>
      {mayMake && (
        <Button loading={isBusy} onClick={() => void make()}>
          {t("keyMake")}
        </Button>
      )}
      <TextInput
        label={t("keyPaste")}
        placeholder="wk_…"
        onChange={(e) => {
          const typed = e.currentTarget.value.trim();
          if (/^wk_.{20,}$/.test(typed)) onKey(typed);
        }}
      />
      {failed !== undefined && <ErrorPanel error={failed} />}
    </Stack>
  );
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
