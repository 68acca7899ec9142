"use client";
import { Anchor, Autocomplete, Button, Group, Select, Stack, Switch, Text, Textarea } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { useLocale } from "use-intl";
import { catalogue, EVENT_NAMES, isCatalogued } from "@/core/events/catalogue";
import { useT } from "../../_i18n/use-t";
import { SideDialog } from "../page/dialog";
import { ErrorPanel } from "../page/error-panel";
import { useApi } from "../workspace";
import { PropertyFields } from "./property-fields";
import { isSendable, sampleOf } from "./sample";
import classes from "./test-event.module.css";

/** The number of a customer who exists for trying out; made by the first event. */
const INVENTED = "test-customer";

type Found = { members: { id: string; name: string | null; phone: string | null; email: string | null }[] };

/** Sends an event as a member, who may be invented: one click does. `zIndex`: above what it is opened from. */
export function TestEvent({ event, zIndex, onClose }: { event: string | null; zIndex?: number; onClose(): void }) {
  const t = useT("events");
  return (
    <SideDialog
      opened={event !== null}
      onClose={onClose}
      size="md"
      title={t("test")}
      {...(zIndex !== undefined && { zIndex })}
    >
      {event !== null && <Form first={isSendable(event) ? event : "order_paid"} />}
    </SideDialog>
  );
}

function Form({ first }: { first: string }) {
  const t = useT("events");
  const locale = useLocale();
  const api = useApi();
  const [name, setName] = useState(first);
  const [who, setWho] = useState(INVENTED);
  const [properties, setProperties] = useState(() => sampleOf(first));
  // As it is typed; the fields come back when it can be read.
  const [json, setJson] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  const [took, setTook] = useState<{ ms: string; member: string }>();
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
  const parsed = json === undefined ? properties : parse(json);

  const send = async () => {
    if (!parsed || !who.trim()) return;
    setBusy(true);
    setFailed(undefined);
    setTook(undefined);
    try {
      const chosen = options.find((option) => option.label === who.trim());
      const from = performance.now();
      const { member } = await api.post<{ member: string }>("/events/test", {
        event: name,
        properties: parsed,
        who: chosen ? { member: chosen.value } : { userId: who.trim() },
      });
      setTook({ ms: String(Math.round(performance.now() - from)), member });
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
            const sample = sampleOf(value);
            setProperties(sample);
            if (json !== undefined) setJson(written(sample));
          }
        }}
        data={[
          ...(isCatalogued(first) ? [] : [{ value: first, label: first }]),
          ...EVENT_NAMES.filter(isSendable).map((value) => ({ value, label: catalogue[value].name[locale] })),
        ]}
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
      <Group justify="space-between">
        <Text size="sm" fw={550} id="test-properties">
          {t("properties")}
        </Text>
        <Switch
          size="xs"
          label={t("asJson")}
          checked={json !== undefined}
          disabled={!parsed}
          onChange={(change) => {
            if (!parsed) return;
            setProperties(parsed);
            setJson(change.currentTarget.checked ? written(parsed) : undefined);
          }}
          data-testid="test-json"
        />
      </Group>
      {json === undefined ? (
        <PropertyFields key={name} event={name} values={properties} onChange={setProperties} />
      ) : (
        <Textarea
          aria-labelledby="test-properties"
          className={classes.json}
          autosize
          minRows={8}
          maxRows={18}
          value={json}
          onChange={(e) => setJson(e.currentTarget.value)}
          error={!parsed && t("testBad")}
          spellCheck={false}
        />
      )}
      {failed !== undefined && <ErrorPanel error={failed} />}
      {took !== undefined && (
        <div className={classes.sent} role="status">
          {t("testSent", { ms: took.ms })}
          <Anchor component={Link} href={`/members/${took.member}`} size="sm" c="inherit" underline="always">
            {t("openMember")}
          </Anchor>
        </div>
      )}
      <Group justify="flex-end" className={classes.foot}>
        <Button loading={isBusy} disabled={!parsed || !who.trim()} onClick={() => void send()} data-testid="send-test">
          {t("testSend")}
        </Button>
      </Group>
    </Stack>
  );
}

const written = (properties: Record<string, unknown>): string => JSON.stringify(properties, null, 2);

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
